import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { readRecord, writeRecord } from "./record.ts";
import type { Server } from "./server.ts";

/** Where one server of one project keeps what is its own: a folder, ports, secrets. */
export class Place {
  /** The local environment's folder: `<root>/.tenantry/local`. */
  readonly local: string;
  readonly folder: string;
  readonly pidFile: string;
  readonly log: string;
  /** Is there once the server was ready and has its administrator; holds the pid of the process that has it. */
  readonly bootstrapped: string;
  readonly #name: string;

  constructor(local: string, server: Pick<Server, "name">) {
    this.local = local;
    this.#name = server.name;
    this.folder = join(local, server.name);
    this.pidFile = join(this.folder, "pid");
    this.log = join(this.folder, "log");
    this.bootstrapped = join(this.folder, "bootstrapped");
  }

  /** The same project's place of another server. */
  of(server: Pick<Server, "name">): Place {
    return new Place(this.local, server);
  }

  /** Whether the server was ever started here, or tried to, since its data was last deleted. */
  get exists(): boolean {
    return existsSync(this.folder);
  }

  /** Makes the folders, closed to others. Root's may be passed through, for servers that run as another user. */
  make(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    chmodSync(this.local, process.getuid?.() === 0 ? 0o711 : 0o700);
  }

  /** Whether this server has its ports. */
  hasPort(name: string): boolean {
    return this.#ports()[`${this.#name}.${name}`] !== undefined;
  }

  port(name: string): number {
    const port = this.#ports()[`${this.#name}.${name}`];
    if (port === undefined) throw new Error(`${this.#name} has no port ${name} yet`);
    return Number(port);
  }

  /** Chooses a free port that no other server here has, and remembers it. */
  async choosePort(name: string): Promise<number> {
    const port = await freePort(new Set(Object.values(this.#ports()).map(Number)));
    writeRecord(this.#portsFile, { ...this.#ports(), [`${this.#name}.${name}`]: String(port) });
    return port;
  }

  get #portsFile(): string {
    return join(this.local, "ports.json");
  }

  #ports(): Readonly<Record<string, string>> {
    return readRecord(this.#portsFile);
  }

  /** Forgets this server's secrets; its ports stay. */
  forgetSecrets(): void {
    const file = join(this.local, "secrets.json");
    const others = Object.entries(readRecord(file)).filter(([key]) => !key.startsWith(`${this.#name}.`));
    writeRecord(file, Object.fromEntries(others));
  }

  /** A password that is generated at its first use and kept from then on, in a file that only its owner reads. */
  secret(name: string): string {
    const file = join(this.local, "secrets.json");
    const key = `${this.#name}.${name}`;
    const known = readRecord(file)[key];
    if (known !== undefined) return known;
    const made = randomBytes(24).toString("base64url");
    writeRecord(file, { ...readRecord(file), [key]: made });
    return made;
  }
}
