import { dirname, join, relative, sep } from "node:path";
import { readFleet } from "../schema/load-fleet.ts";
import type { Problem } from "../schema/problem.ts";
import { fileLabel } from "../schema/read-yaml.ts";
import { checkDrafts } from "./check-drafts.ts";
import { draftText } from "./draft-text.ts";
import { type Existing, existingTenants } from "./existing.ts";
import type { Unit } from "./find-units.ts";
import { type Profile, profileOf } from "./profile.ts";
import { type Quality, qualityOf } from "./quality.ts";

/** What is to be done about a unit. */
export type Drafted = { readonly unit: Unit } & (
  | { readonly state: "new"; readonly path: string; readonly text: string; readonly quality: Quality }
  | { readonly state: "tenant"; readonly tenant: Existing }
  | { readonly state: "invalid"; readonly problems: readonly Problem[] }
);

interface Where {
  /** The project's folder. */
  readonly root: string;
  /** The folder that drafts go to. */
  readonly out: string;
  readonly threshold: number;
}

/** Drafts a file for each unit that is no tenant yet. It writes none. */
export async function draftUnits(
  units: readonly Unit[],
  { root, out, threshold }: Where,
): Promise<readonly Drafted[]> {
  const dir = join(root, "tenants");
  const { files: fleet } = await readFleet(dir);
  const tenantOf = existingTenants(fleet);
  const added = units.filter((unit) => tenantOf(unit) === undefined);
  const profiles = withoutSharedDomains(
    added.map(profileOf),
    fleet.flatMap(({ draft }) => (draft?.domains ?? []).filter((name) => name !== undefined)),
  );
  const drafts = added.map((unit, index) => {
    const path = join(out, `${unit.id}.yaml`);
    const schema = relative(dirname(path), join(root, "schema", "tenant.schema.json")).replaceAll(sep, "/");
    const profile = profiles[index] ?? profileOf(unit);
    return { path, file: fileLabel(dir, path), text: draftText({ unit, profile, threshold, schema }) };
  });
  const checked = new Map(checkDrafts(dir, fleet, drafts).map((draft, index) => [added[index], draft]));
  return units.map((unit): Drafted => {
    const tenant = tenantOf(unit);
    if (tenant !== undefined) return { unit, state: "tenant", tenant };
    const { tenant: valid, text = "", problems = [] } = checked.get(unit) ?? {};
    if (valid === undefined) return { unit, state: "invalid", problems };
    return { unit, state: "new", path: join(out, `${unit.id}.yaml`), text, quality: qualityOf(valid) };
  });
}

/** A domain that two units have, or a tenant has already, is nobody's to draft: it can be only one tenant's. */
function withoutSharedDomains(profiles: readonly Profile[], taken: readonly string[]): Profile[] {
  const claims = [...taken, ...profiles.flatMap(({ domains }) => domains.map(({ value }) => value))];
  const isShared = (name: string): boolean => claims.indexOf(name) !== claims.lastIndexOf(name);
  return profiles.map((profile) => ({
    ...profile,
    domains: profile.domains.filter(({ value }) => !isShared(value)),
  }));
}
