import { styleText } from "node:util";
import type { FindingGroup } from "./finding.ts";

/** Prints a line a finding, with the command that mends it under what is missing. */
export function printFindings(groups: readonly FindingGroup[]): void {
  const width = Math.max(...groups.flatMap(({ findings }) => findings.map(({ title }) => title.length)));
  for (const { title, findings } of groups) {
    console.log(styleText("bold", title));
    for (const { title: name, ok, detail, fix, unused } of findings) {
      const mark = unused ? styleText("dim", "–") : ok ? styleText("green", "✓") : styleText("red", "✗");
      console.log(`  ${mark} ${name.padEnd(width)}  ${detail}`);
      if (fix !== undefined) console.log(`    ${" ".repeat(width)}  ${styleText("bold", "fix:")} ${fix}`);
    }
  }
}
