import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";

const options = z.object({
  githubOrg: z.string(),
  tfcOrg: z.string().optional(),
  out: z.string(),
  threshold: z.number().optional(),
  environment: z.string().optional(),
  json: z.boolean().default(false),
});

/** `tenantry discover`: reads what exists, and drafts tenant files. */
export const command = new Command("discover")
  .description(
    "find business units that exist already, and draft a tenant's file for each; only reads, never overwrites",
  )
  .requiredOption("--github-org <name>", "the organization on GitHub whose repositories are looked at")
  .option("--tfc-org <name>", "the organization on Terraform Cloud whose workspaces are looked at, too")
  .option("--out <folder>", "where drafts are written", "drafts")
  .option("--threshold <number>", "how sure it has to be to draft, between 0 and 1; default: 0.8", share)
  .option(
    "-e, --environment <name>",
    "the environment whose GitHub and Terraform Cloud are asked; default: github.com and app.terraform.io, or GITHUB_BASE_URL and TFE_HOSTNAME",
  )
  .option("--json", "print one JSON document on standard output instead of lines to read")
  .addHelpText(
    "after",
    `
It takes GITHUB_TOKEN, and TFE_TOKEN with --tfc-org, from the process's environment.
Exit codes: 0 all was read, 1 something failed, could not be read or drafted, 3 a server could not be reached, 64 wrong usage,
130 interrupted.`,
  )
  .action(async (given: unknown) => {
    const { discover } = await import("../discover.ts");
    process.exitCode = await discover(options.parse(given));
  });

function share(text: string): number {
  const number = Number(text);
  if (number > 0 && number < 1) return number;
  throw new InvalidArgumentError("It takes a number between 0 and 1, such as 0.8.");
}
