import { styleText } from "node:util";
import type { FleetReport } from "../fleet/fleet-report.ts";
import { typeName } from "../fleet/stack-report.ts";
import { unreadable } from "../fleet/unreadable.ts";
import { changeLine, propertyLine, show } from "./change-lines.ts";
import { count, some } from "./print-fleet.ts";
import { printStackProblem } from "./print-stack-problem.ts";

/** Prints what a run over many tenants found, on standard output: what changes for whom, drift, and orphaned stacks. */
export function printFindings({ operation, alike, tenants, orphans, problems }: FleetReport): void {
  const stream = process.stdout;
  const bold = (text: string): string => styleText("bold", text, { stream });
  for (const { tenants: altered, changes } of alike) {
    console.log(`\n${bold(`alters ${count(altered.length, "tenant")}`)}: ${some(altered)}`);
    for (const change of changes) {
      console.log(`  ${changeLine(change, stream)}`);
      for (const property of change.properties) console.log(`      ${propertyLine(property, stream)}`);
    }
  }
  if (operation === "drift") {
    for (const { tenant, changes, ignored = 0, strays = [] } of tenants) {
      if (changes.length + strays.length > 0) console.log(`\n${bold(tenant)} isn't as its file says:`);
      for (const { change, type, name, properties } of changes) {
        console.log(`  ${typeName(type)} ${name}${verdicts[change]}`);
        for (const { path, from, to } of properties)
          console.log(`      ${path}: found ${show(from)}, wanted ${show(to)}`);
      }
      for (const stray of strays) console.log(`  ${stray}: there, and in no file`);
      if (ignored > 0) console.log(`  ${tenant}: ${count(ignored, "difference")} ignored, as its file says`);
    }
  }
  if (orphans.length > 0) {
    console.log(
      `\n${bold(`${count(orphans.length, "stack")} without a tenant's file`)}: ${orphans.join(", ")}`,
    );
    console.log("  To remove one: put its file back, marked for destruction, then tenantry destroy.");
  }
  for (const problem of problems) printStackProblem(unreadable(problem));
}

const verdicts = {
  create: ": missing",
  delete: ": there, and not wanted",
  update: "",
  replace: ": to be made anew",
} as const;
