import { readReport } from "../fleet/read-report.ts";
import { logOf, repositoryFrom } from "../pull-requests/actions-context.ts";
import { driftIssue } from "../pull-requests/drift-issue.ts";
import { keepIssue } from "../pull-requests/keep-issue.ts";
import { marked, type Mark } from "../pull-requests/marker.ts";
import { readInput } from "./read-input.ts";

/** Keeps the issue about what a drift report says. */
export async function keepDriftIssue(
  file: string | undefined,
  { dryRun }: { readonly dryRun: boolean },
): Promise<void> {
  const run = readReport(await readInput(file), "drift");
  const mark: Mark = { operation: "drift", environment: run.environment };
  const wanted = driftIssue(run, logOf(process.env));
  if (dryRun) {
    if (wanted !== undefined) console.log(`${wanted.title}\n\n${marked(wanted.body, mark)}`);
    return;
  }
  const repository = repositoryFrom(process.env);
  console.log(`${repository.name}: ${said[await keepIssue(repository, mark, wanted)]}`);
}

const said = {
  created: "issue opened",
  updated: "issue updated",
  unchanged: "issue is as it should be",
  removed: "issue closed",
  none: "nothing to say",
} as const;
