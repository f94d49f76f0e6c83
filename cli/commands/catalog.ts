import { Command } from "commander";
import { z } from "zod";
import { root } from "../project-root.ts";

const options = z.object({
  environment: z.string(),
  out: z.string().optional(),
  json: z.boolean().default(false),
});

/** `tenantry catalog`: 0 done, 1 something is wrong with a file, or a file in the way isn't ours. */
export const command = new Command("catalog")
  .description("tenants as entities of Backstage's catalog; needs no network and no credentials")
  .argument("[tenants...]", "ids of tenants; none: every tenant that there is a file of")
  .option("-e, --environment <name>", "the environment that they are in", "local")
  .option("--out <folder>", "write them into a catalog's folder: catalog-info.yaml, and a file a tenant")
  .option(
    "--json",
    "print the entities as JSON; with --out { written, removed, unchanged }; { problems } where there are any",
  )
  .addHelpText(
    "after",
    "\nWith --out, files that tenantry wrote of tenants that are gone are removed; other files are left alone." +
      "\n\nExit codes: 0 done, 1 something is wrong with a file, or a file in the way isn't tenantry's, 64 wrong usage.",
  )
  .action(async (named: string[], given: unknown) => {
    const { catalog } = await import("../catalog.ts");
    process.exitCode = await catalog({ root, named, ...options.parse(given) });
  });
