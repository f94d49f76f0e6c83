import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server as Listener } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { silent, type Progress } from "../../report/progress.ts";
import { down, localFolder, status, up, type ServerStatus } from "../../testbed/local.ts";
import { Place } from "../../testbed/place.ts";
import { processStart } from "../../toolchain/process-table.ts";
import { readRecord } from "../../testbed/record.ts";
import type { Server } from "../../testbed/server.ts";
import { servers } from "../../testbed/servers.ts";

/** A project of one test file, with a local environment of its own, in a folder that only its owner may enter. */
export class LocalProject {
  readonly root: string;
  readonly local: string;
  readonly #private: string;

  constructor() {
    this.#private = mkdtempSync(join(tmpdir(), "tenantry-local-"));
    chmodSync(this.#private, 0o700);
    this.root = join(this.#private, "project");
    this.local = localFolder(this.root);
    mkdirSync(this.root);
  }

  /** Gives the steps and what they said. */
  async up(...wanted: Server[]): Promise<string[]> {
    const said: string[] = [];
    const listening: Progress = {
      step(title, work) {
        said.push(title);
        return work((detail) => said.push(detail));
      },
    };
    await up(this.root, wanted, listening);
    return said;
  }

  async down(...wanted: Server[]): Promise<string[]> {
    return (await down(this.root, wanted, silent)).map(({ name }) => name);
  }

  /** As {@link down}, with data and passwords. */
  async delete(...wanted: Server[]): Promise<void> {
    await down(this.root, wanted, silent, { delete: true });
  }

  async status({ name }: Server): Promise<ServerStatus> {
    const found = (await status(this.root)).find((each) => each.name === name);
    if (found === undefined) throw new Error(`no status of ${name}`);
    return found;
  }

  place(server: Server): Place {
    return new Place(this.local, server);
  }

  file(name: string): string {
    return readFileSync(join(this.local, name), "utf8");
  }

  /** Every password that was generated. */
  secrets(): string[] {
    return [...Object.values(readRecord(join(this.local, "secrets.json"))), this.file("passphrase").trim()];
  }

  async remove(): Promise<void> {
    await down(this.root, servers, silent, { delete: true });
    rmSync(this.#private, { recursive: true, force: true });
  }
}

/** What any user of the machine sees of all processes. */
export function processList(): string {
  return execFileSync("ps", ["-ww", "-e", "-o", "args="], { encoding: "utf8" });
}

export function isAlive(pid: number | undefined): boolean {
  return pid !== undefined && processStart(pid) !== undefined;
}

/** Takes a port before the server can. */
export function occupy(port: number): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const listener = createServer().once("error", reject);
    listener.listen(port, "127.0.0.1", () => resolve(listener));
  });
}

/** The machine's addresses at which somebody accepts connections to a port. */
export async function reachableAt(port: number): Promise<string[]> {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const tried = addresses
    .filter(({ scopeid }) => !scopeid)
    .map(async ({ address }) => ((await accepts(address, port)) ? [address] : []));
  return (await Promise.all(tried)).flat();
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 2_000 });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
}
