import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../report/failure.ts";
import { runningPid, start, stop } from "./daemon.ts";
import { isFree } from "./free-port.ts";
import type { Place } from "./place.ts";
import type { Note, Say, Server } from "./server.ts";

/** Who hears of the work, and may end it. */
interface Telling {
  readonly say: Say;
  readonly note: Note;
  readonly signal: AbortSignal;
}

/**
 * Makes one server run, answer and have its administrator, from whatever state it's in. Throws a {@link Failure}
 * `server-start` or `server-not-ready`, or whatever `signal` was aborted with; then the server is stopped.
 */
export async function bringUp(place: Place, server: Server, { say, note, signal }: Telling): Promise<void> {
  place.make();
  const running = runningPid(place);
  if (running !== undefined && isBootstrapped(place, running) && (await isWhole(place, server))) return;
  if (running === undefined) await server.obtain(say, signal);
  try {
    const pid = await runUntilReady(place, server, { say, note, signal });
    await server.bootstrap(place);
    writeFileSync(place.bootstrapped, String(pid), { mode: 0o600 });
  } catch (error) {
    await stop(place, server.stopSignal);
    throw error;
  }
}

async function runUntilReady(place: Place, server: Server, { say, note, signal }: Telling): Promise<number> {
  const deadline = Date.now() + server.patience;
  let logged = 0;
  for (;;) {
    signal.throwIfAborted();
    let pid = runningPid(place);
    if (pid === undefined) {
      await replaceTakenPorts(place, server, note);
      const launch = await server.prepare(place, note);
      signal.throwIfAborted();
      logged = logOf(place).length;
      pid = await start(place, launch);
    }
    say(`waiting until it's ready (pid ${pid})`);
    if ((await isReady(place, server, signal, deadline)) && runningPid(place) === pid) return pid;
    signal.throwIfAborted();
    if (Date.now() > deadline) {
      throw new Failure(
        "server-not-ready",
        `${server.title} wasn't ready within ${server.patience / 1000} s`,
        {
          system: server.title,
          fix: `see its log, then try again: ${place.log}`,
        },
      );
    }
    const log = logOf(place).slice(logged);
    if (server.mayRetry?.(log) !== true && (await portsFree(place, server))) {
      throw new Failure("server-start", `${server.title} ended while it started:\n${lastLines(log)}`, {
        system: server.title,
        fix: `see its log: ${place.log}`,
      });
    }
    await sleep(100);
  }
}

/** Waits until the server is ready (true) or its process ends, the deadline comes, or `signal` is aborted (false). */
async function isReady(
  place: Place,
  server: Server,
  signal: AbortSignal,
  deadline: number,
): Promise<boolean> {
  let pause = 20;
  while (runningPid(place) !== undefined && Date.now() < deadline && !signal.aborted) {
    if (await server.ready(place)) return true;
    await sleep(pause);
    pause = Math.min(pause * 1.2, 500);
  }
  return false;
}

async function replaceTakenPorts(place: Place, server: Server, note: Note): Promise<void> {
  for (const name of server.ports) {
    const port = place.port(name);
    if (await isFreeSoon(port)) continue;
    note(`port ${port} is taken by another program: using ${await place.choosePort(name)}`);
  }
}

/** A killed server's threads, and their ports, outlive its process by a moment. */
async function isFreeSoon(port: number): Promise<boolean> {
  for (let tries = 0; tries < 20; tries += 1) {
    if (await isFree(port)) return true;
    await sleep(100);
  }
  return false;
}

async function portsFree(place: Place, server: Server): Promise<boolean> {
  const free = await Promise.all(server.ports.map((name) => isFree(place.port(name))));
  return free.every(Boolean);
}

async function isWhole(place: Place, server: Server): Promise<boolean> {
  if (!(await server.ready(place))) return false;
  return server.administered === undefined || (await server.administered(place).catch(() => false));
}

function isBootstrapped(place: Place, pid: number): boolean {
  try {
    return readFileSync(place.bootstrapped, "utf8") === String(pid);
  } catch {
    return false;
  }
}

function logOf(place: Place): string {
  try {
    return readFileSync(place.log, "utf8");
  } catch {
    return "";
  }
}

const lastLines = (log: string): string => log.trimEnd().split("\n").slice(-10).join("\n");
