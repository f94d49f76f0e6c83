import { Command } from "commander";
import { z } from "zod";

const options = z.object({ environment: z.string() });

export const command = new Command("shell")
  .description("open a shell, or run a command, in which plain `pulumi` works on the tenants' stacks")
  .argument("[command...]", "the command and its arguments, after --; without it an interactive shell")
  .option("-e, --environment <name>", "the environment whose servers and credentials it gets", "local")
  .addHelpText(
    "after",
    "\nFor example:\n  tenantry shell -- pulumi preview -s local.acme\n  tenantry shell -- pulumi up -s local.acme",
  )
  .action(async (words: string[], given: unknown) => {
    const { environment: name } = options.parse(given);
    const { engineEnvironment } = await import("../../fleet/engine-environment.ts");
    const { root } = await import("../project-root.ts");
    const { interactiveShell } = await import("../shell/interactive-shell.ts");
    const { runInForeground } = await import("../shell/run-in-foreground.ts");
    const { signIn } = await import("../../fleet/sign-in.ts");
    const { systems } = await import("../../providers/systems.ts");
    const environment = await signIn(systems, { ...process.env, ...engineEnvironment(root, name) });
    const [program, ...args] = words;
    process.exitCode = await runInForeground(
      program === undefined ? interactiveShell(root, name, environment) : { program, args, environment },
    );
  });
