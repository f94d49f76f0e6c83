import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { pulumi, type PulumiContext } from "./pulumi.ts";

/** A resource whose creation was under way when the engine was killed: it may exist on the server, or not. */
export interface PendingCreate {
  readonly urn: string;
  /** Pulumi's type token. */
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Looks on the server for what a pending create made, and gives the id that the state keeps for it. */
export type IdFinder = (pending: PendingCreate) => Promise<string | undefined>;

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});
const exported = z.looseObject({
  deployment: z.looseObject({
    resources: z.array(z.looseObject({ urn: z.string() })).default([]),
    pending_operations: z.array(z.looseObject({ type: z.string(), resource })).default([]),
  }),
});

interface Recovery extends PulumiContext {
  readonly stack: string;
  readonly findId: IdFinder;
  readonly onNote: (note: string) => void;
}

/**
 * Settles what a killed run was creating: what exists on the server is taken into the state, the rest is forgotten and
 * will be created by the run that follows. Gives the number of resources settled.
 *
 * The engine's own `refresh --import-pending-creates` takes nothing in (3.258: it renames the pending operation to
 * "importing", and the refresh then drops it), so the state is written by `stack import`, and a refresh of just these
 * resources fills in what the server has. Dynamic resources of ours need no taking in: their `create` recognises what
 * an earlier try made.
 */
export async function recoverPendingCreates(recovery: Recovery): Promise<number> {
  const { stack, findId, onNote } = recovery;
  const state = exported.parse(JSON.parse(await pulumi(["stack", "export", "--stack", stack], recovery)));
  const { resources, pending_operations: operations } = state.deployment;
  const pending = operations.filter(({ type }) => type === "creating").map((operation) => operation.resource);
  if (pending.length === 0) return 0;
  onNote(
    `a former run was interrupted while it created ${pending.length} resource(s): looking what became of them`,
  );

  const known = new Set(resources.map(({ urn }) => urn));
  const found: z.output<typeof resource>[] = [];
  for (const each of pending) {
    const id = known.has(each.urn) ? undefined : await findId(each);
    // What it depends on is in the state already: a create starts after those it needs.
    if (id !== undefined) found.push({ ...each, id, outputs: each.inputs });
  }
  const settled = {
    ...state,
    deployment: { ...state.deployment, resources: [...resources, ...found], pending_operations: [] },
  };
  await importState(settled, recovery);
  if (found.length > 0) {
    const targets = found.flatMap(({ urn }) => ["--target", urn]);
    await pulumi(["refresh", "--stack", stack, "--yes", "--skip-preview", ...targets], recovery);
  }
  return pending.length;
}

/** Secrets in an exported state are encrypted, and the file is ours alone and gone in a moment. */
async function importState(state: unknown, recovery: Recovery): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tenantry-"));
  try {
    const file = join(folder, "state.json");
    await writeFile(file, JSON.stringify(state), { mode: 0o600 });
    await pulumi(["stack", "import", "--stack", recovery.stack, "--file", file], recovery);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
