import { join, resolve } from "node:path";
import type { Entity } from "@backstage/catalog-model";
import { catalogText } from "../catalog/catalog-text.ts";
import { tenantEntities } from "../catalog/tenant-entities.ts";
import { failureProblem } from "../fleet/failure-problem.ts";
import { loadMember, loadMembers, type Member } from "../fleet/load-members.ts";
import { Failure } from "../report/failure.ts";
import { printProblems } from "../schema/print-problems.ts";
import type { Tenant } from "../schema/tenant.ts";
import { catalogSurroundings } from "../stacks/catalog-args.ts";
import { type Environment, loadEnvironment } from "../stacks/environment.ts";
import { tenantServices } from "../stacks/tenant-services.ts";
import { type CatalogFiles, writeCatalog } from "./write-catalog.ts";

interface CatalogRun {
  /** The project's folder. */
  readonly root: string;
  /** Ids of tenants; empty: all of them. */
  readonly named: readonly string[];
  readonly environment: string;
  /** The folder to write into; undefined: print. */
  readonly out?: string | undefined;
  readonly json: boolean;
}

/**
 * `tenantry catalog`. Gives the exit code: 0 done, 1 something is wrong with a file. Throws a {@link Failure} with what
 * keeps it from working, unless that is to be printed as JSON.
 */
export async function catalog(run: CatalogRun): Promise<number> {
  try {
    return await printCatalog(run);
  } catch (error) {
    if (!run.json || !(error instanceof Failure)) throw error;
    printJson({ problems: [failureProblem(error)] });
    return 1;
  }
}

async function printCatalog({ root, named, environment: name, out, json }: CatalogRun): Promise<number> {
  const environment = loadEnvironment(root, name);
  const { members, problems } = await loadMembers(root);
  const chosen = named.length === 0 ? members : [...new Set(named)].map((id) => memberOf(root, id, members));
  // Who is in a folder that can't be read, nobody knows.
  const wrong = [...problems, ...chosen.flatMap((member) => member.problems)];
  if (wrong.length > 0) {
    if (json) printJson({ problems: wrong });
    else printProblems(wrong, process.stderr, () => undefined);
    return 1;
  }
  const tenants = chosen.flatMap(({ loaded }) => loaded?.tenant ?? []).filter(isKept);
  const entities = new Map(tenants.map((tenant) => [tenant.id, entitiesOf(tenant, environment)]));
  if (out !== undefined) {
    const files = writeCatalog(resolve(out), {
      folder: environment.catalog?.path ?? "tenants",
      tenants: entities,
      known: idsOf(members),
    });
    if (json) printJson(files);
    else printFiles(out, files);
    return 0;
  }
  const all = [...entities.values()].flat();
  if (json) printJson(all);
  else process.stdout.write(catalogText(all, "tenant files"));
  return 0;
}

/** Another one's mistake doesn't matter to who is named. */
function memberOf(root: string, id: string, members: readonly Member[]): Member {
  return members.find((member) => member.id === id) ?? loadMember(root, id);
}

/** The ids of all tenants that may be in the catalog; undefined where a file can't be understood: it may be anyone's. */
function idsOf(members: readonly Member[]): string[] | undefined {
  const tenants = members.map(({ loaded }) => loaded?.tenant);
  if (tenants.includes(undefined)) return undefined;
  return tenants.flatMap((tenant) => (tenant !== undefined && isKept(tenant) ? tenant.id : []));
}

/** What is marked for destruction goes from the catalog first. */
function isKept({ status }: Tenant): boolean {
  return status !== "destroyed";
}

function entitiesOf(tenant: Tenant, environment: Environment): Entity[] {
  const { there } = tenantServices(tenant, environment);
  return tenantEntities(tenant, catalogSurroundings(tenant, environment, there));
}

function printFiles(out: string, { written, removed, unchanged }: CatalogFiles): void {
  for (const file of written) console.log(`wrote ${join(out, file)}`);
  for (const file of removed) console.log(`removed ${join(out, file)}`);
  console.log(`${written.length} written, ${removed.length} removed, ${unchanged.length} unchanged`);
}

function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}
