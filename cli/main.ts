import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { cacheFolder } from "../toolchain/cache-folder.mjs";
import { printFailure } from "./print-failure.ts";
import { version } from "./version.ts";

// What commands import below is compiled once, not at every start: a quarter of a second.
enableCompileCache(join(cacheFolder(), "compiled"));

const program = new Command("tenantry")
  .description("Tenants as code: one YAML file a tenant, one Pulumi stack a tenant.")
  .version(version)
  .showHelpAfterError("(run with --help for the options)")
  .exitOverride();

/** Commands are loaded by name, so that `tenantry validate` never pays for what `tenantry up` imports. */
const commands: Record<string, () => Promise<Command>> = {
  new: async () => (await import("./commands/new.ts")).command,
  discover: async () => (await import("./commands/discover.ts")).command,
  validate: async () => (await import("./commands/validate.ts")).command,
  preview: async () => (await import("./commands/preview.ts")).command,
  up: async () => (await import("./commands/up.ts")).command,
  drift: async () => (await import("./commands/drift.ts")).command,
  destroy: async () => (await import("./commands/destroy.ts")).command,
  comment: async () => (await import("./commands/comment.ts")).command,
  issue: async () => (await import("./commands/issue.ts")).command,
  access: async () => (await import("./commands/access.ts")).command,
  catalog: async () => (await import("./commands/catalog.ts")).command,
  report: async () => (await import("./commands/report.ts")).command,
  local: async () => (await import("./commands/local.ts")).command,
  shell: async () => (await import("./commands/shell.ts")).command,
  doctor: async () => (await import("./commands/doctor.ts")).command,
  quickstart: async () => (await import("./commands/quickstart.ts")).command,
};

/** The command that is asked for; all of them for a help text or a word that is none. */
function wanted(): (() => Promise<Command>)[] {
  const name = process.argv[2] ?? "";
  if (name === "--version" || name === "-V") return [];
  const load = commands[name];
  return load ? [load] : Object.values(commands);
}

try {
  for (const load of wanted()) program.addCommand((await load()).exitOverride());
  await program.parseAsync();
} catch (error) {
  // Commander ends with 1 after wrong usage. Here 1 and 2 say something about tenants: wrong usage is sysexits' EX_USAGE.
  process.exitCode =
    error instanceof CommanderError ? (error.exitCode === 1 ? 64 : error.exitCode) : printFailure(error);
}
