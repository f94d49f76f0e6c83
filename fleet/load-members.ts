import { join } from "node:path";
import { fleetRules } from "../schema/fleet-rules.ts";
import { readFleet } from "../schema/load-fleet.ts";
import type { LoadedTenant, TenantFile } from "../schema/load-tenant-file.ts";
import { loadTenant } from "../schema/load-tenant.ts";
import type { Problem } from "../schema/problem.ts";

/** A tenant of a run: what its file says, or what is wrong with it. */
export interface Member {
  /** The file's name where the file gives no id that can be understood, or another's. */
  readonly id: string;
  /** Relative to the project's folder. */
  readonly file: string;
  /** Undefined when something is wrong with it. */
  readonly loaded: LoadedTenant | undefined;
  readonly problems: readonly Problem[];
}

export interface Members {
  readonly members: readonly Member[];
  /** What is wrong beside tenant files: a folder that can't be read. Who is in it, nobody knows. */
  readonly problems: readonly Problem[];
}

/** Reads every tenant. A mistake keeps the tenants from running that have a part in it, and no others. */
export async function loadMembers(root: string): Promise<Members> {
  const { files, problems } = await readFleet(join(root, "tenants"));
  const shared = new Map<string, Problem[]>();
  for (const problem of fleetRules(files)) {
    for (const file of new Set([problem.file, problem.related?.file ?? problem.file]))
      shared.set(file, [...(shared.get(file) ?? []), problem]);
  }
  const taken = new Set<string>();
  const members = files.map((file) => {
    const member = memberOf(file, shared);
    // Two files of one id are both wrong, and still two.
    const id = taken.has(member.id) ? member.file : member.id;
    taken.add(id);
    return { ...member, id };
  });
  return {
    members,
    problems: problems.filter(({ code }) => code === "folder-unreadable"),
  };
}

/** Reads one tenant by its id, without the others: rules between tenants are not checked. */
export function loadMember(root: string, id: string): Member {
  const result = loadTenant(join(root, "tenants"), id);
  if (result.valid) return { id, file: result.loaded.file, loaded: result.loaded, problems: [] };
  return { id, file: result.problems[0]?.file ?? "", loaded: undefined, problems: result.problems };
}

function memberOf(
  { loaded, draft, locate, problems, layerProblems }: TenantFile,
  shared: ReadonlyMap<string, readonly Problem[]>,
): Member {
  const file = loaded?.file ?? locate([]).file;
  const all = [...layerProblems, ...problems, ...(shared.get(file) ?? [])];
  return {
    id: loaded?.tenant.id ?? draft?.id ?? file,
    file,
    loaded: all.length === 0 ? loaded : undefined,
    problems: all,
  };
}
