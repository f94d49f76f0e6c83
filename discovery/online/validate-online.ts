import { ApiFailure } from "../../providers/http/api-failure.ts";
import { Failure } from "../../report/failure.ts";
import { byPlace } from "../../schema/load-fleet.ts";
import type { LoadedTenant } from "../../schema/load-tenant-file.ts";
import { pathText, type Problem } from "../../schema/problem.ts";
import { qualityOf } from "../quality.ts";
import { readEach } from "../read-each.ts";
import { type NamedThing, namedRepositories, namedWorkspaces } from "./named-things.ts";

export interface OnlineValidation {
  readonly problems: readonly Problem[];
  /** The systems that could not be asked, and why. */
  readonly unreachable: readonly Failure[];
}

/**
 * Looks whether what tenants' files name is there: repositories and workspaces, each asked for by one `GET`; and whether a file says
 * what people need to know of a tenant. A system that the environment does without isn't asked.
 *
 * Throws a {@link Failure} of what is wrong with the credentials.
 */
export async function validateOnline(
  tenants: readonly LoadedTenant[],
  environment: NodeJS.ProcessEnv,
): Promise<OnlineValidation> {
  const unreachable = new Map<string, Failure>();
  const things = [...namedRepositories(tenants, environment), ...namedWorkspaces(tenants, environment)];
  const found = await readEach(
    things,
    () => undefined,
    async (thing) => {
      if (unreachable.has(thing.system)) return [];
      try {
        return await problemsOf(thing);
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== "server-unreachable") throw error;
        unreachable.set(thing.system, error);
        return [];
      }
    },
  );
  return {
    problems: [...found.flat(), ...tenants.flatMap(incomplete)].sort(byPlace),
    unreachable: [...unreachable.values()],
  };
}

async function problemsOf({ tenant, path, what, look }: NamedThing): Promise<Problem[]> {
  const problem = (code: string, message: string): Problem[] => [
    { ...tenant.locate(path), code, path: pathText(path), message },
  ];
  try {
    const state = await look();
    if (state === undefined) return problem("not-there", `there is no ${what}, or the token can't see it`);
    return state.archived ? problem("archived", `${what} is archived: nobody can change it`) : [];
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.code !== "missing-privilege") throw error;
    return problem("not-readable", `${what} may not be read: ${error.message}`);
  }
}

function incomplete({ tenant, locate }: LoadedTenant): Problem[] {
  return qualityOf(tenant).missing.map(({ path, what }) => ({
    ...locate(path),
    code: "incomplete",
    path: pathText(path),
    message: `${tenant.id} lacks ${what}`,
  }));
}
