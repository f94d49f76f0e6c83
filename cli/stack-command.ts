import { Command } from "commander";
import { z } from "zod";
import type { FleetRun } from "../fleet/run-fleet.ts";
import { wholeNumber } from "./whole-number.ts";

interface StackCommand {
  readonly operation: FleetRun["operation"];
  readonly description: string;
  /** What `--refresh` is good for; no such option without it. */
  readonly refresh?: string;
}

const options = z.object({
  environment: z.string(),
  all: z.boolean().default(false),
  changedSince: z.string().optional(),
  force: z.boolean().default(false),
  parallel: z.int().optional(),
  maxDeletes: z.int().optional(),
  expectNoChanges: z.boolean().default(false),
  refresh: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** The command of an operation on tenants' stacks. */
export function stackCommand({ operation, description, refresh }: StackCommand): Command {
  const command = new Command(operation)
    .description(description)
    .argument("[tenants...]", "ids of tenants")
    .option("--all", "every tenant that there is a file of")
    .option("--changed-since <revision>", "only those that a change since this git revision reaches")
    .option("-e, --environment <name>", "the environment that they are in", "local")
    .option(
      "--parallel <number>",
      "how many stacks run at once; default: one a core, if memory suffices",
      wholeNumber(1),
    )
    .option("--json", "print one JSON document on standard output instead of lines to read")
    .addHelpText("after", `\n${exitCodes[operation]}`);
  if (operation === "preview" || operation === "up")
    command.option("--force", "with --all or --changed-since, also those whose inputs are as deployed");
  if (operation === "preview")
    command.option("--expect-no-changes", "end with exit code 2 when there is anything to change");
  if (operation === "up")
    command.option(
      "--max-deletes <number>",
      "how many resources the run may delete; default: 10, or a fifth of the largest tenant that loses some",
      wholeNumber(0),
    );
  if (refresh !== undefined) command.option("--refresh", refresh);
  return command.action(async (named: string[], given: unknown) => {
    const { all, ...run } = options.parse(given);
    if (all === named.length > 0 && (all || run.changedSince === undefined))
      command.error(
        all
          ? "error: --all and names of tenants don't go together"
          : "error: name tenants, or say --all or --changed-since",
      );
    const { runTenants } = await import("./run-tenants.ts");
    process.exitCode = await runTenants({ operation, named, ...run });
  });
}

const common =
  "0 all went well, 1 something failed, 3 a system could not be reached, 64 wrong usage, 130 interrupted";
const exitCodes: Readonly<Record<FleetRun["operation"], string>> = {
  preview: `Exit codes: ${common}; 2 changes, where --expect-no-changes was said.`,
  drift: `Exit codes: ${common}; 2 drift. A system that could not be reached is never drift.`,
  up: `Exit codes: ${common}.`,
  destroy: `Exit codes: ${common}.`,
};
