import { execFile } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { Failure } from "../report/failure.ts";
import type { Place } from "./place.ts";
import { linkLibraries, postgresBinaries } from "./postgres-binaries.ts";
import { runningPid } from "./daemon.ts";
import { locale } from "./locale.ts";
import type { Note, Server, User } from "./server.ts";
import { unprivilegedUser } from "./unprivileged-user.ts";
import { removeOutside, userHome, type UserHome } from "./user-home.ts";

const superuser = "postgres";
const administrator = "tenantry";

/**
 * PostgreSQL from npm. Its data may be lost when the machine crashes (`fsync` is off): it's for development and tests.
 */
export const postgres: Server = {
  name: "postgres",
  title: "PostgreSQL",
  needs: [],
  ports: ["postgres"],
  stopSignal: "SIGINT",
  patience: 60_000,

  address: (place) => `postgresql://127.0.0.1:${place.port("postgres")}`,
  obtain: () => {
    postgresBinaries();
    return Promise.resolve();
  },

  async prepare(place, note) {
    const user = unprivilegedUser("PostgreSQL");
    const probe = join("share", "postgresql", "postgres.bki");
    const installed = { title: "PostgreSQL", folder: postgresBinaries(), probe };
    const home = userHome(place, user, installed, note);
    linkLibraries(home.software);
    const data = join(home.folder, "data");
    if (!existsSync(data)) await initialize(place, home, user, note);
    // Nobody runs on this data (the pid file was looked at): what a killed server left is in the way of the next.
    rmSync(join(data, "postmaster.pid"), { force: true });
    return {
      argv: [
        join(home.software, "bin", "postgres"),
        ...["-D", data],
        ...Object.entries(settings(place)).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      ],
      mark: `-D ${data} `,
      env: { LC_ALL: "C" },
      ...(user && { user }),
    };
  },

  async ready(place) {
    return connected(superuserOf(place), () => Promise.resolve(true)).catch(() => false);
  },

  async bootstrap(place) {
    const admin = escapeIdentifier(administrator);
    await connected(superuserOf(place), async (client) => {
      await ensureRole(client, administrator, place.secret("admin"), "CREATEDB CREATEROLE");
      // As in managed clouds: an administrator who isn't a superuser, but owns what it makes (PostgreSQL 16+).
      await client.query(`ALTER ROLE ${admin} SET createrole_self_grant = 'set, inherit'`);
      await client.query("REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC");
      await client.query(`GRANT CONNECT ON DATABASE postgres TO ${admin}`);
    });
  },

  mayRetry: (log) => log.includes("pre-existing shared memory block"),
  remove: (place) => {
    removeOutside(place);
    return Promise.resolve();
  },
  environment: (place) => ({
    postgres: {
      host: "127.0.0.1",
      port: place.port("postgres"),
      sslmode: "disable",
      database: "postgres",
      locale: locale(),
    },
  }),
  credentials: (place) => ({ PGUSER: administrator, PGPASSWORD: place.secret("admin") }),
};

/** How to connect to the local environment's PostgreSQL. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** As the superuser: for bootstrapping servers, and for tests that must see everything. Tenantry itself never uses it. */
export function superuserOf(place: Place): Connection {
  return {
    host: "127.0.0.1",
    port: place.of(postgres).port("postgres"),
    user: superuser,
    password: place.of(postgres).secret("superuser"),
    database: "postgres",
  };
}

/** A database of its own for another server that needs PostgreSQL: nobody else may connect to it. */
export async function databaseFor(place: Place, server: Pick<Server, "name">): Promise<Connection> {
  const own = { ...superuserOf(place), user: server.name, password: place.of(server).secret("database") };
  const name = escapeIdentifier(server.name);
  await connected(superuserOf(place), async (client) => {
    await ensureRole(client, own.user, own.password, "");
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [server.name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
    await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
  });
  return { ...own, database: server.name };
}

/**
 * As {@link databaseFor}, and empty unless the server was set up before: what a first start left that was cut off, or
 * an earlier server whose folder is gone, belongs to nobody. The server must not run.
 */
export async function ownDatabase(place: Place, server: Pick<Server, "name">): Promise<Connection> {
  if (!existsSync(place.of(server).bootstrapped)) await dropDatabaseOf(place, server);
  return databaseFor(place, server);
}

/** Drops the database that {@link databaseFor} made, and its role, if PostgreSQL runs; else they are replaced later. */
export async function dropDatabaseOf(place: Place, { name }: Pick<Server, "name">): Promise<void> {
  if (runningPid(place.of(postgres)) === undefined) return;
  const quoted = escapeIdentifier(name);
  await connected(superuserOf(place), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${quoted}`);
  });
}

async function ensureRole(client: Client, name: string, password: string, rights: string): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  const verb = rowCount === 0 ? "CREATE" : "ALTER";
  await client.query(
    `${verb} ROLE ${escapeIdentifier(name)} LOGIN ${rights} PASSWORD ${escapeLiteral(password)}`,
  );
}

async function connected<T>(connection: Connection, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...connection, ssl: false, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the data folder beside its final place and renames it when it's complete: it's either not there or whole. */
async function initialize(place: Place, home: UserHome, user: User | undefined, note: Note): Promise<void> {
  for (const name of readdirSync(home.folder)) {
    if (name.startsWith("data.")) rmSync(join(home.folder, name), { recursive: true, force: true });
  }
  const chosen = locale();
  note(`new database cluster, locale ${chosen}${user ? `, run by user ${user.name}` : ""}`);
  const fresh = join(home.folder, `data.${process.pid}`);
  const password = join(home.folder, `data.${process.pid}.password`);
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(password, place.secret("superuser"), { mode: 0o600 });
  if (user) for (const path of [fresh, password]) chownSync(path, user.uid, user.gid);
  try {
    await promisify(execFile)(
      join(home.software, "bin", "initdb"),
      [
        ...["-D", fresh, "-U", superuser, `--pwfile=${password}`, "--auth=scram-sha-256"],
        ...["--encoding=UTF8", `--locale=${chosen}`, "--no-sync", "--no-instructions"],
      ],
      { cwd: "/", env: { PATH: process.env["PATH"] }, ...(user && { uid: user.uid, gid: user.gid }) },
    );
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true });
    const reason = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause);
    throw new Failure("postgres-initdb", `a new database cluster can't be made: ${reason}`, {
      cause,
      system: "PostgreSQL",
    });
  } finally {
    rmSync(password, { force: true });
  }
  chmodSync(fresh, 0o700);
  renameSync(fresh, join(home.folder, "data"));
}

function settings(place: Place): Readonly<Record<string, string | number>> {
  return {
    listen_addresses: "127.0.0.1",
    port: place.port("postgres"),
    // A socket file would be a second way in, and its folder another thing to protect.
    unix_socket_directories: "",
    max_connections: 200,
    fsync: "off",
    full_page_writes: "off",
    // Statements may hold passwords: neither they nor failed ones may reach the log.
    log_statement: "none",
    log_min_error_statement: "panic",
  };
}
