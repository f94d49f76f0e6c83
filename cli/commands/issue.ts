import { Command } from "commander";
import { z } from "zod";

const given = z.object({ dryRun: z.boolean().default(false) });

/** `tenantry issue`: what a look for drift found, as one issue. */
export const command = new Command("issue")
  .description(
    "keep one issue about what a look for drift found: opened, updated in place, closed when there is nothing to say",
  )
  .argument(
    "[report]",
    "what `tenantry drift … --json` printed, as a file; without one it is read from standard input",
  )
  .option("--dry-run", "print title and Markdown, and ask GitHub nothing")
  .addHelpText(
    "after",
    "\nGITHUB_TOKEN and GITHUB_REPOSITORY say where; GITHUB_API_URL does where it isn't github.com. GitHub Actions sets all but the token.",
  )
  .action(async (report: string | undefined, options: unknown) => {
    const { keepDriftIssue } = await import("../issue.ts");
    await keepDriftIssue(report, given.parse(options));
  });
