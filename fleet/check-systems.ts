import type { System } from "../providers/system.ts";
import type { Tenant } from "../schema/tenant.ts";
import { loadEnvironment } from "../stacks/environment.ts";
import {
  type OptionalServer,
  systemMissing,
  tenantServices,
  type TenantServices,
} from "../stacks/tenant-services.ts";
import type { Operation } from "./run-engine.ts";
import { signIn } from "./sign-in.ts";

interface Check {
  readonly tenant: Tenant;
  readonly operation: Operation;
  /** The environment's name. */
  readonly environment: string;
  readonly root: string;
  readonly systems: readonly System[];
  /** The variables that the systems' addresses and credentials are in. */
  readonly variables: NodeJS.ProcessEnv;
  readonly onNote: (note: string) => void;
}

/**
 * Asks each system that a tenant has a part of whether it can be worked with, and notes what the environment does without.
 * Gives the variables with the credentials that systems had to be asked for.
 *
 * Throws a {@link Failure} `system-missing` for a system that the environment's file doesn't speak of, and what the
 * systems' own checks throw, several of them as an `AggregateError`. Destroying needs only what is there, whatever the file still wants.
 */
export async function checkSystems({
  tenant,
  operation,
  systems,
  variables,
  onNote,
  ...where
}: Check): Promise<NodeJS.ProcessEnv> {
  const environment = loadEnvironment(where.root, where.environment);
  const { servers, leftOut, missing } = tenantServices(tenant, environment);
  if (operation !== "destroy") {
    if (missing.length > 0) throw systemMissing(tenant.id, missing, where);
    if (leftOut.length > 0) onNote(leftOutNote(leftOut, tenant.id, where.environment));
  }
  const keeper = environment.catalog?.system;
  const used = systemsOn(systems, keeper === undefined ? servers : new Set([...servers, keeper]));
  const signedIn = await signIn(used, variables);
  const asked = await Promise.allSettled(used.map((system) => system.check(signedIn)));
  const reasons = asked.flatMap((each): unknown[] => (each.status === "rejected" ? [each.reason] : []));
  if (reasons.length === 1) throw reasons[0];
  if (reasons.length > 1) throw new AggregateError(reasons, "several systems can't be worked with");
  return signedIn;
}

/** Of some systems those that every tenant has a part of, and those on these servers. */
export function systemsOn(systems: readonly System[], servers: TenantServices["servers"]): System[] {
  return systems.filter(({ server }) => server === undefined || servers.has(server));
}

function leftOutNote(leftOut: readonly OptionalServer[], tenant: string, environment: string): string {
  const titles = new Intl.ListFormat("en", { type: "disjunction" }).format(leftOut.map(({ title }) => title));
  const note = `environment ${environment} has no ${titles}: left out of ${tenant}`;
  if (environment !== "local") return note;
  const them = leftOut.length === 1 ? "it" : "them";
  return `${note}; add ${them} with: npx tenantry local up --with ${leftOut.map(({ key }) => key).join(",")}`;
}
