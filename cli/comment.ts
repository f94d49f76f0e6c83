import { readReport } from "../fleet/read-report.ts";
import { logOf, pullRequestFrom, repositoryFrom } from "../pull-requests/actions-context.ts";
import { keepComment } from "../pull-requests/keep-comment.ts";
import { marked, type Mark } from "../pull-requests/marker.ts";
import { previewComment } from "../pull-requests/preview-comment.ts";
import { readInput } from "./read-input.ts";

interface Options {
  readonly pullRequest?: number | undefined;
  readonly dryRun: boolean;
}

/** Comments what a preview's report says. */
export async function commentOn(file: string | undefined, { pullRequest, dryRun }: Options): Promise<void> {
  const run = readReport(await readInput(file), "preview");
  const mark: Mark = { operation: "preview", environment: run.environment };
  const text = previewComment(run, logOf(process.env));
  if (dryRun) {
    if (text !== undefined) console.log(marked(text, mark));
    return;
  }
  const number = pullRequest ?? pullRequestFrom(process.env);
  const repository = repositoryFrom(process.env);
  const kept = await keepComment(repository, number, mark, text);
  console.log(`${repository.name}#${number}: ${said[kept]}`);
}

const said = {
  created: "comment made",
  updated: "comment updated",
  unchanged: "comment is as it should be",
  removed: "comment removed",
  none: "nothing to say",
} as const;
