import { type Alike, groupAlike } from "../fleet/alike.ts";
import type { PropertyChange } from "../fleet/property-changes.ts";
import type { ReportedRun } from "../fleet/read-report.ts";
import { type Change, typeName } from "../fleet/stack-report.ts";
import { count } from "../report/count.ts";
import type { Part } from "./fit.ts";
import { code, fence, folded } from "./markdown.ts";

type ReportedChange = Alike["changes"][number];

/** How changes are worded. */
export interface Wording {
  /** Before a resource. The first character is the line's colour: GitHub shows `+` green, `-` red, `!` orange. */
  readonly resource: Readonly<Record<Change, string>>;
  readonly property: (from: string, to: string) => string;
  /** After the number of resources that change in this way. */
  readonly counts: Readonly<Record<Change, string>>;
}

/** What happens to tenants, a part for all to whom the same happens, most tenants first. */
export function changeParts(heading: string, tenants: ReportedRun["tenants"], wording: Wording): Part[] {
  return groupAlike(tenants).map(({ tenants: altered, changes }) => {
    const [first = ""] = altered;
    // Somebody alone is called by name.
    const own =
      altered.length === 1
        ? tenants.find(({ tenant, changes: own }) => tenant === first && own.length > 0)
        : undefined;
    const summary = `${whom(altered)}: ${sums(changes, wording)}${altered.length > 1 ? " each" : ""}`;
    const lines = (own?.changes ?? changes).flatMap((change) => linesOf(change, wording));
    const everyone = altered.length > shownTenants ? [`<p>${named(altered, listedTenants)}</p>`] : [];
    return {
      heading,
      text: folded(summary, [...everyone, fence("diff", lines)].join("\n\n")),
      short: `<p>${summary}; too long to be shown here</p>`,
      kind: "different diff",
      tenants: altered,
    };
  });
}

const shownTenants = 5;
const listedTenants = 200;

/** `<b>30 tenants</b> acme, globex, initech and 27 more`. */
export function whom(tenants: readonly string[]): string {
  const names = named(tenants, shownTenants);
  return tenants.length === 1 ? names : `<b>${count(tenants.length, "tenant")}</b> ${names}`;
}

function named(tenants: readonly string[], most: number): string {
  const more = tenants.length > most ? ` and ${(tenants.length - most).toLocaleString("en")} more` : "";
  return tenants.slice(0, most).map(code).join(", ") + more;
}

function sums(changes: readonly Pick<ReportedChange, "change">[], { counts }: Wording): string {
  const groups = Map.groupBy(changes, ({ change }) => change);
  return [...groups].map(([change, some]) => `${some.length} ${counts[change]}`).join(", ");
}

function linesOf({ change, type, name, properties }: ReportedChange, wording: Wording): string[] {
  const head = `${wording.resource[change]} ${typeName(type)}  ${name}`;
  return [head, ...properties.map((property) => `      ${propertyLine(property, wording)}`)];
}

function propertyLine({ path, from, to }: PropertyChange, { property }: Wording): string {
  return `${path}: ${property(shortened(from), shortened(to))}`;
}

const longestValue = 200;

function shortened(value: unknown): string {
  const text = value === undefined ? "(none)" : typeof value === "string" ? value : JSON.stringify(value);
  const characters = Array.from(text);
  if (characters.length <= longestValue) return text;
  return `${characters.slice(0, longestValue).join("")}… (${count(characters.length, "character")})`;
}
