import { Command } from "commander";
import { z } from "zod";
import type { Operation } from "../fleet/run-engine.ts";

interface StackCommand {
  readonly operation: Exclude<Operation, "refresh">;
  readonly description: string;
  /** What `--refresh` is good for; no such option without it. */
  readonly refresh?: string;
}

const options = z.object({
  environment: z.string(),
  refresh: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** The command of an operation on tenants' stacks. Exit codes: 0 all went well, 1 something failed, 130 interrupted. */
export function stackCommand({ operation, description, refresh }: StackCommand): Command {
  const command = new Command(operation)
    .description(description)
    .argument("<tenant...>", "ids of tenants")
    .option("-e, --environment <name>", "the environment that they are in", "local")
    .option("--json", "print one JSON document on standard output instead of lines to read");
  if (refresh !== undefined) command.option("--refresh", refresh);
  return command.action(async (tenants: string[], given: unknown) => {
    const { runTenants } = await import("./run-tenants.ts");
    process.exitCode = await runTenants({ operation, tenants, ...options.parse(given) });
  });
}
