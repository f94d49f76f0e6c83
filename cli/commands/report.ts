import { Command } from "commander";
import { z } from "zod";

const options = z.object({
  out: z.string(),
  environment: z.string(),
  drift: z.union([z.string(), z.literal(true)]).optional(),
  json: z.boolean().default(false),
});

export const command = new Command("report")
  .description("write the fleet as one HTML page: how each tenant is, its systems, last change and drift")
  .argument("[tenants...]", "ids of tenants; default: all of them, and stacks without a file")
  .requiredOption("-o, --out <folder>", "the folder that index.html is written into")
  .option("-e, --environment <name>", "the environment that they are in", "local")
  .option(
    "--drift [file]",
    "show drift: what `tenantry drift --json` wrote into a file (- for standard input), or without one by looking now",
  )
  .option("--json", "print what the page shows as JSON on standard output")
  .addHelpText(
    "after",
    "\nExit codes: 0 written, whatever it says, 1 something failed, 64 wrong usage, 130 interrupted.",
  )
  .action(async (named: string[], given: unknown) => {
    const { report } = await import("../report.ts");
    process.exitCode = await report({ named, drift: undefined, ...options.parse(given) });
  });
