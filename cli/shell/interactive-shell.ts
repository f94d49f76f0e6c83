import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Invocation } from "./run-in-foreground.ts";

/**
 * The user's own shell with their own settings, and a prompt that says that it isn't their usual one.
 *
 * @param root the project's folder: its ignored folder keeps the start-up file
 * @param name the environment's name
 */
export function interactiveShell(root: string, name: string, environment: NodeJS.ProcessEnv): Invocation {
  const program = environment["SHELL"] ?? "/bin/sh";
  const mark = `(tenantry ${name}) `;
  const folder = join(root, ".tenantry", "shell");
  // Start-up files set PATH and the prompt: ours come after the user's. They hold no value of the environment.
  const afterTheirs = `export PATH="$TENANTRY_PATH"\nPS1="$TENANTRY_PROMPT$PS1"\n`;
  const marked = { ...environment, TENANTRY_PATH: environment["PATH"], TENANTRY_PROMPT: mark };
  switch (basename(program)) {
    case "bash": {
      const file = startUpFile(folder, "bashrc", `[ -f ~/.bashrc ] && . ~/.bashrc\n${afterTheirs}`);
      return { program, args: ["--rcfile", file, "-i"], environment: marked };
    }
    case "zsh": {
      startUpFile(folder, ".zshrc", `ZDOTDIR=$HOME\n[ -f ~/.zshrc ] && . ~/.zshrc\n${afterTheirs}`);
      return { program, args: ["-i"], environment: { ...marked, ZDOTDIR: folder } };
    }
    default:
      return { program, args: ["-i"], environment: { ...environment, PS1: `${mark}$ ` } };
  }
}

function startUpFile(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
