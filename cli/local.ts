import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";
import { Failure } from "../report/failure.ts";
import { duration, silent, StreamProgress } from "../report/progress.ts";
import { down, status, up, wantedServers, type ServerStatus } from "../testbed/local.ts";
import type { Server } from "../testbed/server.ts";
import { servers } from "../testbed/servers.ts";
import { printFailure } from "./print-failure.ts";
import { root } from "./project-root.ts";

interface Selection {
  readonly only?: readonly string[] | undefined;
  readonly json: boolean;
}

/** `tenantry local up`. Gives the exit code: 0 all wanted servers run, 1 one doesn't, 2 no such server, 130 interrupted. */
export async function localUp({
  only,
  json,
  with: added,
}: Selection & { readonly with: readonly string[] }): Promise<number> {
  if (!areKnown([...(only ?? []), ...added])) return 2;
  const wanted = only ? select([...only, ...added]) : wantedServers(root, added);
  const interruption = new AbortController();
  // The first Ctrl-C stops what's half-started; the second one ends us at once.
  process.once("SIGINT", () => interruption.abort());
  try {
    await up(root, wanted, json ? silent : new StreamProgress(), interruption.signal);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "cancelled") throw error;
    printFailure(error);
    return 130;
  }
  await print(json);
  return 0;
}

/** `tenantry local status`. Gives the exit code: 0 all that were chosen run, 1 one doesn't. */
export async function localStatus({ json }: { readonly json: boolean }): Promise<number> {
  const found = await print(json);
  return found.every(({ state }) => state === "running" || state === "not chosen") ? 0 : 1;
}

/** `tenantry local down`. Gives the exit code: 0 stopped, 2 no such server. */
export async function localDown({
  only,
  json,
  ...options
}: Selection & { readonly delete: boolean }): Promise<number> {
  if (!areKnown(only ?? [])) return 2;
  await down(root, only ? select(only) : servers, json ? silent : new StreamProgress(), options);
  if (options.delete && only === undefined) forgetStacks();
  if (json) await print(json);
  return 0;
}

/** Without their states and passphrase, what is left of the local stacks' configuration fits nothing any more. */
function forgetStacks(): void {
  for (const file of globSync("stacks/config/Pulumi.local.*.yaml", { cwd: root })) rmSync(join(root, file));
}

const select = (names: readonly string[]): Server[] => servers.filter(({ name }) => names.includes(name));

function areKnown(names: readonly string[]): boolean {
  const known = servers.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return true;
  printFailure(
    new Failure("server-unknown", `no such server: ${unknown.join(", ")}`, {
      fix: `there are: ${known.join(", ")}`,
    }),
  );
  return false;
}

async function print(json: boolean): Promise<ServerStatus[]> {
  const found = await status(root);
  if (json) console.log(JSON.stringify(found, null, 2));
  else console.log(table(found));
  return found;
}

function table(found: readonly ServerStatus[]): string {
  const rows = found.map(({ title, state, address, pid, since, log }) => [
    title,
    state,
    address ?? "–",
    pid === undefined ? "–" : String(pid),
    since === undefined ? "–" : duration(Date.now() - since.getTime()),
    state === "not chosen" ? "–" : log,
  ]);
  const all = [["SERVER", "STATE", "ADDRESS", "PID", "UP FOR", "LOG"], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return lines
    .map((line, index) => (index === 0 ? styleText("dim", line.trimEnd()) : line.trimEnd()))
    .join("\n");
}
