import { Command } from "commander";

export const command = new Command("quickstart")
  .description("from nothing to a running tenant: toolchain, local servers, and tenants/acme.yaml in them")
  .action(async () => {
    const { quickstart } = await import("../quickstart.ts");
    process.exitCode = await quickstart("acme");
  });
