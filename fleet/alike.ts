import type { PropertyChange } from "./property-changes.ts";
import type { ResourceChange } from "./stack-report.ts";

/** Tenants that the same thing happens to. */
export interface Alike {
  readonly tenants: readonly string[];
  /** With `<tenant>` in the place of the tenant's id. */
  readonly changes: readonly Omit<ResourceChange, "urn">[];
}

/** A tenant, and what happens to it. */
interface Altered {
  readonly tenant: string;
  readonly changes: readonly Omit<ResourceChange, "urn">[];
}

/** Groups tenants by identical changes, largest group first. Tenants without changes are in none. */
export function groupAlike(outcomes: readonly Altered[]): Alike[] {
  const groups = new Map<string, { tenants: string[]; changes: Alike["changes"] }>();
  for (const { tenant, changes } of outcomes) {
    if (changes.length === 0) continue;
    const general = changes.map((change) => generalise(change, tenant));
    const key = JSON.stringify(general.map((change) => JSON.stringify(change)).sort());
    const group = groups.get(key) ?? { tenants: [], changes: general };
    group.tenants.push(tenant);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.tenants.length - a.tenants.length);
}

function generalise(
  { change, type, name, properties }: Omit<ResourceChange, "urn">,
  tenant: string,
): Alike["changes"][number] {
  const say = (text: string): string => withoutTenant(text, tenant);
  const value = (given: unknown): unknown =>
    given === undefined ? undefined : (JSON.parse(say(JSON.stringify(given))) as unknown);
  const property = ({ path, from, to }: PropertyChange): PropertyChange => ({
    path: say(path),
    from: value(from),
    to: value(to),
  });
  return { change, type, name: say(name), properties: properties.map(property) };
}

/** A text with `<tenant>` in the place of the tenant's id. A file's name, which stands in for an unreadable id, stays. */
export function withoutTenant(text: string, tenant: string): string {
  if (!/^[a-z0-9-]+$/.test(tenant)) return text;
  return text.replaceAll(new RegExp(`(?<![a-z0-9-])${tenant}(?![a-z0-9])`, "g"), "<tenant>");
}
