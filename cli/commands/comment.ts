import { Command } from "commander";
import { z } from "zod";
import { wholeNumber } from "../whole-number.ts";

const given = z.object({ pullRequest: z.int().optional(), dryRun: z.boolean().default(false) });

/** `tenantry comment`: what a preview found, as one comment on a pull request. */
export const command = new Command("comment")
  .description(
    "tell a pull request what a preview found: one comment, updated in place, removed when there is nothing to say",
  )
  .argument(
    "[report]",
    "what `tenantry preview … --json` printed, as a file; without one it is read from standard input",
  )
  .option(
    "--pull-request <number>",
    "the pull request; default: the one that the workflow runs for",
    wholeNumber(1),
  )
  .option("--dry-run", "print the Markdown, and ask GitHub nothing")
  .addHelpText(
    "after",
    "\nGITHUB_TOKEN and GITHUB_REPOSITORY say where; GITHUB_API_URL does where it isn't github.com. GitHub Actions sets all but the token.",
  )
  .action(async (report: string | undefined, options: unknown) => {
    const { commentOn } = await import("../comment.ts");
    await commentOn(report, given.parse(options));
  });
