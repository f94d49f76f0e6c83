import { existsSync, statSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../report/failure.ts";
import type { Progress } from "../report/progress.ts";
import { bringUp } from "./bring-up.ts";
import { runningPid, stop } from "./daemon.ts";
import { withLock } from "../toolchain/lock.ts";
import { Place } from "./place.ts";
import type { Server } from "./server.ts";
import { servers as all } from "./servers.ts";
import { environmentFile, isChosen, writeEnvironment } from "./write-environment.ts";

/** The ignored folder of a project that its local environment lives in. */
export function localFolder(root: string): string {
  return join(root, ".tenantry", "local");
}

/**
 * What `up` starts: the servers that every environment has, and of the optional ones those that were chosen before (and
 * not deleted since) or are named now.
 */
export function wantedServers(root: string, named: readonly string[] = []): Server[] {
  const local = localFolder(root);
  return all.filter((server) => isChosen(local, server) || named.includes(server.name));
}

/**
 * Starts servers, after those that they need, and writes the environment's files. What runs already is left alone. Two
 * at once are safe: the second waits. When `signal` is aborted, a server that isn't ready yet is stopped again.
 * Throws a {@link Failure}, `cancelled` when aborted.
 */
export async function up(
  root: string,
  servers: readonly Server[],
  progress: Progress,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const local = localFolder(root);
  await mkdir(local, { recursive: true });
  try {
    await exclusively(local, progress, signal, async () => {
      await choosePorts(local);
      for (const server of withNeeds(servers)) {
        const note = (text: string): void => void progress.step(text, () => Promise.resolve());
        await progress.step(server.title, (say) =>
          bringUp(new Place(local, server), server, { say, note, signal }),
        );
      }
      writeEnvironment(local, all);
    });
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new Failure("cancelled", "cancelled; what wasn't ready yet is stopped", { cause });
  }
}

/**
 * Stops servers, before them those that need them. `delete` removes their data and passwords too; of all servers at
 * once, the whole folder with the local stacks' state. The cache of downloaded software stays. Gives those that ran.
 */
export async function down(
  root: string,
  servers: readonly Server[],
  progress: Progress,
  options: { readonly delete?: boolean } = {},
): Promise<Server[]> {
  const local = localFolder(root);
  if (!existsSync(local)) return [];
  const ran: Server[] = [];
  await exclusively(local, progress, undefined, async () => {
    const chosen = withDependents(servers).filter((server) => isChosen(local, server));
    for (const server of chosen) {
      const place = new Place(local, server);
      await progress.step(server.title, async (say) => {
        say("stopping");
        if (await stop(place, server.stopSignal)) ran.push(server);
        if (options.delete !== true || !servers.includes(server)) return;
        await server.remove?.(place);
        await rm(place.folder, { recursive: true, force: true });
        place.forgetSecrets();
      });
    }
    if (options.delete !== true) return;
    if (all.every((server) => servers.includes(server))) await rm(local, { recursive: true, force: true });
    else if (existsSync(environmentFile(local))) writeEnvironment(local, all);
  });
  return ran;
}

/** How one server is at this moment. */
export interface ServerStatus {
  readonly name: string;
  readonly title: string;
  /** `starting`: its process runs, but doesn't answer. `not chosen`: an optional one that `up` doesn't start. */
  readonly state: "running" | "starting" | "stopped" | "not chosen";
  /** `undefined` until it was started once. */
  readonly address: string | undefined;
  readonly pid: number | undefined;
  readonly since: Date | undefined;
  readonly log: string;
}

/** Looks at every server; starts and changes nothing. */
export function status(root: string): Promise<ServerStatus[]> {
  const local = localFolder(root);
  return Promise.all(
    all.map(async (server): Promise<ServerStatus> => {
      const place = new Place(local, server);
      const { name, title } = server;
      const chosen = isChosen(local, server);
      const known = server.ports.every((port) => place.hasPort(port));
      const pid = runningPid(place);
      const answers = known && pid !== undefined && (await server.ready(place));
      return {
        ...{ name, title, pid, log: place.log },
        state: answers ? "running" : pid !== undefined ? "starting" : chosen ? "stopped" : "not chosen",
        address: known && chosen ? server.address(place) : undefined,
        since: pid === undefined ? undefined : statSync(place.pidFile).mtime,
      };
    }),
  );
}

async function exclusively(
  local: string,
  progress: Progress,
  signal: AbortSignal | undefined,
  work: () => Promise<void>,
): Promise<void> {
  let waited: Promise<unknown> = Promise.resolve();
  let proceed = (): void => undefined;
  const waiting = (pid: number): void => {
    const turn = new Promise<void>((resolve) => (proceed = resolve));
    waited = progress.step(`waiting for process ${pid}, which works on the same servers`, () => turn);
  };
  try {
    await withLock(
      `${local}.lock`,
      async () => {
        proceed();
        await waited;
        await work();
      },
      waiting,
      signal,
    );
  } finally {
    proceed();
  }
}

async function choosePorts(local: string): Promise<void> {
  for (const server of all) {
    const place = new Place(local, server);
    for (const name of server.ports) if (!place.hasPort(name)) await place.choosePort(name);
  }
}

/** In the order of the list, in which each comes after those that it needs. */
function withNeeds(servers: readonly Server[]): Server[] {
  const wanted = new Set<Server>();
  const add = (server: Server): void => {
    server.needs.forEach(add);
    wanted.add(server);
  };
  servers.forEach(add);
  return [...wanted];
}

/** Each before those that it needs. */
function withDependents(servers: readonly Server[]): Server[] {
  const needed = (server: Server): boolean => servers.includes(server) || server.needs.some(needed);
  return all.filter(needed).reverse();
}
