import type { Heat, Result } from "./race.ts";

/** The results as a table in Markdown: seconds, peak memory, and Tenantry's time as a share of Terraform's. */
export function table(heats: ReadonlyMap<string, Heat>): string {
  const names = [...heats.keys()];
  const results = [...heats.values()].flatMap((heat) => heat.results);
  const cases = [...new Map(results.map((result) => [result.case.id, result.case])).values()];
  const find = (contender: string, id: string): Result | undefined =>
    results.find((result) => result.contender === contender && result.case.id === id);
  const rows = cases.map((each) => {
    const ratio = ratioOf(find("Tenantry", each.id), find("Terraform", each.id));
    return [
      each.title,
      ...names.map((name) => cost(find(name, each.id))),
      number(ratio),
      number(each.bar),
      number(each.goal),
    ];
  });
  const counts = [
    "resources a tenant",
    ...[...heats.values()].map(({ resources }) => String(resources)),
    "",
    "",
    "",
  ];
  const head = ["", ...names, "ratio to Terraform", "bar", "goal"];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), line(counts)].join("\n");
}

/** How Tenantry's time for one more tenant at the largest fleet compares with that at 30: 0.1 is a tenth longer. */
export function growth(heats: ReadonlyMap<string, Heat>): number | undefined {
  const more =
    heats.get("Tenantry")?.results.filter((result) => result.case.id.startsWith("one more at ")) ?? [];
  const [at30, last] = [more.find((result) => result.case.id === "one more at 30"), more.at(-1)];
  return at30 === undefined || last === undefined || last === at30
    ? undefined
    : last.seconds / at30.seconds - 1;
}

/** The first's time as a share of the other's. */
export function ratioOf(one: Result | undefined, other: Result | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one.seconds / other.seconds;
}

function cost(result: Result | undefined): string {
  if (result === undefined) return "–";
  const memory = result.bytes === undefined ? "" : `, ${Math.round(result.bytes / 2 ** 20)} MiB`;
  return `${result.seconds.toFixed(1)} s${memory}`;
}

function number(value: number | undefined): string {
  return value === undefined ? "" : value.toFixed(2);
}
