import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";

const only = z.object({ only: z.array(z.string()).optional() });
const added = z.object({ with: z.array(z.string()).default([]) });
const json = z.object({ json: z.boolean().default(false) });
const deletion = z.object({ delete: z.boolean().default(false) });

const names = (list: string): string[] => {
  const given = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (given.length === 0) throw new InvalidArgumentError("Name servers, separated by commas.");
  return given;
};

const onlyOption = (all: string) =>
  ["--only <names>", `these servers, separated by commas (default: ${all})`, names] as const;

export const command = new Command("local")
  .description(
    "the local environment: real servers on this machine's loopback address, for development and tests",
  )
  .exitOverride();

command
  .command("up")
  .description("start the servers that don't run yet, and write .tenantry/local/environment.yaml")
  .option(
    "--with <names>",
    "these servers too, now and from now on: mattermost, coder, gitea, github, twenty, mail, tfe (some are built from source at first)",
    names,
  )
  .option(...onlyOption("postgres, keycloak and what --with chose before"))
  .option("--json", "print the servers' status as JSON")
  .action(async (given: unknown) => {
    const { localUp } = await import("../local.ts");
    process.exitCode = await localUp({ ...only.parse(given), ...added.parse(given), ...json.parse(given) });
  });

command
  .command("status")
  .description("show the servers; exit code 0 when all that were chosen run, else 1")
  .option("--json", "print JSON")
  .action(async (given: unknown) => {
    const { localStatus } = await import("../local.ts");
    process.exitCode = await localStatus(json.parse(given));
  });

command
  .command("down")
  .description("stop the servers, and before them those that need them; their data stays")
  .option(...onlyOption("all"))
  .option(
    "--delete",
    "delete their data and passwords too, and forget what --with chose; without --only also the local stacks' state",
  )
  .option("--json", "print the servers' status as JSON")
  .action(async (given: unknown) => {
    const { localDown } = await import("../local.ts");
    process.exitCode = await localDown({
      ...only.parse(given),
      ...json.parse(given),
      ...deletion.parse(given),
    });
  });
