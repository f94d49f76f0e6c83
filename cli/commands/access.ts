import { Command } from "commander";
import { z } from "zod";

const options = z.object({
  environment: z.string(),
  json: z.boolean().default(false),
  showSecrets: z.boolean().default(false),
});

export const command = new Command("access")
  .description(
    "print a tenant's access details: addresses, accounts, and with --show-secrets their passwords",
  )
  .argument("<tenant>", "the id of a tenant")
  .option("-e, --environment <name>", "the environment that it is in", "local")
  .option("--show-secrets", "print passwords and client secrets too")
  .option("--json", "print JSON")
  .action(async (tenant: string, given: unknown) => {
    const { access } = await import("../access.ts");
    process.exitCode = await access({ tenant, ...options.parse(given) });
  });
