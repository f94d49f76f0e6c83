import { pathReach } from "./path-reach.ts";

/** A tenant that may be chosen, and the files that it is made of beside the program. */
export interface Candidate {
  readonly id: string;
  /** Relative to the project's folder, with forward slashes. */
  readonly file: string;
  /** Its plan, the defaults, and whatever else it names: why each is its business, by path. A folder ends with a slash. */
  readonly madeOf: ReadonlyMap<string, string>;
  /** What is known of its stack; undefined: nothing. */
  readonly standing: Standing | undefined;
}

/** How a tenant's stack stands to its inputs, `at` being when it was deployed last (ISO 8601). */
export type Standing =
  /** Exactly these inputs were deployed, and nothing touched the stack since. */
  | { readonly is: "as deployed"; readonly at: string }
  /** Others were. */
  | { readonly is: "other"; readonly at: string }
  | { readonly is: "not deployed" };

/** Which tenants a run is to have. */
export interface Wanted {
  /** Ids; empty: whichever. Somebody who names a tenant, and says nothing else, gets it, unchanged or not. */
  readonly named: readonly string[];
  /** The paths that changed, of a run that wants only what a change reaches. */
  readonly changed?: readonly string[] | undefined;
  /** The environment's file. */
  readonly environmentFile: string;
  /** Also those whose inputs are as deployed. */
  readonly force: boolean;
  /** Whether inputs as deployed are a reason to skip at all: not when the systems themselves are looked at. */
  readonly skipUnchanged: boolean;
}

export interface Chosen {
  readonly tenant: string;
  /** Why: `named`, `all`, or the change that reaches it. */
  readonly reason: string;
}

export interface Selection {
  readonly chosen: readonly Chosen[];
  readonly skipped: readonly Chosen[];
}

/**
 * Chooses the tenants of a run and says why each is in or out. It never leaves out a tenant whose deployment would differ
 * by one of the changed paths.
 */
export function selectTenants(candidates: readonly Candidate[], wanted: Wanted): Selection {
  const { named, changed, force, skipUnchanged } = wanted;
  const chosen: Chosen[] = [];
  const skipped: Chosen[] = [];
  const everyone = changed && reachingEveryone(changed);
  for (const candidate of candidates) {
    const { id: tenant, standing } = candidate;
    if (named.length > 0 && !named.includes(tenant)) continue;
    const reason = changed
      ? (reaching(candidate, changed, wanted) ?? everyone ?? overdue(standing))
      : named.length > 0
        ? "named"
        : "all";
    if (reason === undefined) skipped.push({ tenant, reason: "no change reaches it" });
    else if (skipUnchanged && !force && reason !== "named" && standing?.is === "as deployed")
      skipped.push({ tenant, reason: `as deployed at ${standing.at}` });
    else chosen.push({ tenant, reason });
  }
  return { chosen, skipped };
}

/** The first change that is this tenant's own business, most specific first. */
function reaching(
  { id, file, madeOf }: Candidate,
  changed: readonly string[],
  { environmentFile }: Wanted,
): string | undefined {
  if (changed.includes(file)) return `its file changed: ${file}`;
  for (const [part, what] of madeOf) {
    const path = changed.find((each) => (part.endsWith("/") ? each.startsWith(part) : each === part));
    if (path !== undefined) return `${what} changed: ${path}`;
  }
  if (changed.includes(environmentFile)) return `the environment changed: ${environmentFile}`;
  const config = changed.find((path) => pathReach(path) === "config" && isConfigOf(path, id));
  return config === undefined ? undefined : `its stack's configuration changed: ${config}`;
}

/** What no change since then explains: an earlier run failed, or somebody's last day passed. */
function overdue(standing: Standing | undefined): string | undefined {
  if (standing?.is === "not deployed") return "not deployed yet";
  return standing?.is === "other" ? `not as deployed at ${standing.at}` : undefined;
}

/** Pulumi's name for a stack's configuration. Those of other environments reach the tenant too: rather once too often. */
function isConfigOf(path: string, id: string): boolean {
  return path.endsWith(`.${id}.yaml`);
}

function reachingEveryone(changed: readonly string[]): string | undefined {
  const [first, ...more] = changed.filter((path) => pathReach(path) === "code");
  if (first === undefined) return undefined;
  return `program code changed: ${first}${more.length === 0 ? "" : ` and ${more.length} more`}`;
}
