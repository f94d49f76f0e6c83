import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { loadEnvironment } from "../../../stacks/environment.ts";
import { localFolder, status, up } from "../../../testbed/local.ts";
import { keycloak } from "../../../testbed/keycloak.ts";
import { databaseFor, postgres, superuserOf, type Connection } from "../../../testbed/postgres.ts";
import { servers } from "../../../testbed/servers.ts";
import { isAlive, LocalProject, occupy, processList, reachableAt } from "../../support/local-project.ts";

const optional = servers.filter((server) => server.optional);
let project: LocalProject;

beforeAll(async () => {
  project = new LocalProject();
  await project.up(postgres);
});

afterAll(() => project.remove());

const credentials = (): Record<string, string> =>
  JSON.parse(project.file("credentials.json")) as Record<string, string>;

function admin(): Connection {
  const { PGUSER: user = "", PGPASSWORD: password = "" } = credentials();
  const { host, port, database } = loadEnvironment(project.root, "local").postgres;
  return { host, port, database, user, password };
}

async function rows(
  connection: Connection,
  ...statements: string[]
): Promise<Record<string, unknown>[] | undefined> {
  const client = new Client(connection);
  await client.connect();
  try {
    let last: Record<string, unknown>[] | undefined;
    for (const statement of statements) last = (await client.query<Record<string, unknown>>(statement)).rows;
    return last;
  } finally {
    await client.end();
  }
}

describe("up", () => {
  test("starts only what was asked for", async () => {
    expect(await project.status(postgres)).toMatchObject({ state: "running" });
    expect(await project.status(keycloak)).toMatchObject({ state: "stopped", pid: undefined });
  });

  test("writes addresses without secrets, and credentials for its owner only", () => {
    expect(loadEnvironment(project.root, "local")).toEqual({
      postgres: {
        host: "127.0.0.1",
        port: expect.any(Number),
        sslmode: "disable",
        database: "postgres",
        locale: expect.stringMatching(/^(en_US|C)\.UTF-8$/),
      },
      keycloak: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
      ...Object.fromEntries(optional.map(({ name }) => [name, "none"])),
    });
    expect(Object.keys(credentials()).sort()).toEqual([
      ...["KEYCLOAK_CLIENT_ID", "KEYCLOAK_PASSWORD", "KEYCLOAK_USER", "PGPASSWORD", "PGUSER"],
    ]);
    for (const secret of project.secrets()) {
      expect(secret.length).toBeGreaterThanOrEqual(32);
      expect(project.file("environment.yaml")).not.toContain(secret);
    }
    expect(new Set(project.secrets()).size).toBe(project.secrets().length);
    const files = readdirSync(project.local, { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => [name, statSync(join(project.local, name)).mode & 0o777])).toEqual(
      ["credentials.json", "environment.yaml", "passphrase", "ports.json", "secrets.json"].map((name) => [
        ...[name, 0o600],
      ]),
    );
  });

  test("again changes nothing", async () => {
    const files = ["environment.yaml", "credentials.json", "passphrase", "ports.json", "secrets.json"];
    const before = { status: await project.status(postgres), files: files.map((name) => project.file(name)) };
    await project.up(postgres);
    expect({
      status: await project.status(postgres),
      files: files.map((name) => project.file(name)),
    }).toEqual(before);
  });

  test("shows no password in the process list or the log, and listens on loopback only", async () => {
    const log = readFileSync(project.place(postgres).log, "utf8");
    expect(log).toContain("ready to accept connections");
    const seen = processList();
    expect(seen).toContain(`port=${admin().port}`);
    for (const secret of project.secrets()) {
      expect(seen).not.toContain(secret);
      expect(log).not.toContain(secret);
    }
    expect(await reachableAt(admin().port)).toEqual(["127.0.0.1"]);
  });
});

describe("the administrator", () => {
  test("is no superuser, but makes databases and roles that it may then use", async () => {
    const [role] = (await rows(
      admin(),
      "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user",
    )) ?? [{}];
    expect(role).toEqual({ rolsuper: false, rolcreatedb: true, rolcreaterole: true });
    await rows(
      admin(),
      "CREATE ROLE acme_owner",
      "CREATE DATABASE acme OWNER acme_owner TEMPLATE template0",
      "SET ROLE acme_owner",
    );
    await rows(admin(), "DROP DATABASE acme", "DROP ROLE acme_owner");
  });

  test("is let in by its password only", async () => {
    await expect(rows({ ...admin(), password: "wrong" }, "SELECT 1")).rejects.toMatchObject({
      code: "28P01",
    });
    const rules = await rows(
      superuserOf(project.place(postgres)),
      "SELECT auth_method FROM pg_hba_file_rules",
    );
    expect(new Set(rules?.map((rule) => rule["auth_method"]))).toEqual(new Set(["scram-sha-256"]));
  });

  test.each(["postgres", "template1"])("others can't connect to %s", async (database) => {
    await rows(admin(), "CREATE ROLE passer_by LOGIN PASSWORD 'x'");
    try {
      await expect(
        rows({ ...admin(), user: "passer_by", password: "x", database }, "SELECT 1"),
      ).rejects.toMatchObject({ code: "42501" });
    } finally {
      await rows(admin(), "DROP ROLE passer_by");
    }
  });

  test("finds a cluster in UTF-8, with room for many connections", async () => {
    const found = await rows(
      admin(),
      `SELECT current_setting('max_connections') AS connections, pg_encoding_to_char(encoding) AS encoding,
         datcollate AS locale FROM pg_database WHERE datname = 'postgres'`,
    );
    const { locale } = loadEnvironment(project.root, "local").postgres;
    expect(found).toEqual([{ connections: "200", encoding: "UTF8", locale }]);
  });
});

test("another server gets a database of its own, the same one each time", async () => {
  const other = { name: "mattermost" };
  const own = await databaseFor(project.place(postgres), other);
  await rows(own, "CREATE TABLE kept (id int)");
  expect(await databaseFor(project.place(postgres), other)).toEqual(own);
  expect(await rows(own, "SELECT * FROM kept")).toEqual([]);
  await expect(rows({ ...admin(), database: own.database }, "SELECT 1")).rejects.toMatchObject({
    code: "42501",
  });
});

describe("after something went wrong", () => {
  test("a killed server comes back with its data, port and password", async () => {
    const before = { ...(await project.status(postgres)), admin: admin() };
    await rows(admin(), "CREATE DATABASE kept");
    process.kill(before.pid ?? 0, "SIGKILL");
    while (isAlive(before.pid)) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await project.status(postgres)).toMatchObject({ state: "stopped" });
    await project.up(postgres);
    expect(admin()).toEqual(before.admin);
    expect((await project.status(postgres)).pid).not.toBe(before.pid);
    expect(await rows(admin(), "SELECT datname FROM pg_database WHERE datname = 'kept'")).toHaveLength(1);
  });

  test("a port that somebody else took is replaced, and that's said", async () => {
    const { port } = admin();
    expect(await project.down(postgres)).toEqual(["postgres"]);
    const listener = await occupy(port);
    try {
      expect((await project.up(postgres)).join("\n")).toContain(`port ${port} is taken`);
    } finally {
      listener.close();
    }
    expect(admin().port).not.toBe(port);
    expect(await rows(admin(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("a stale pid file that names a living process of somebody else harms nobody", async () => {
    const { pidFile } = project.place(postgres);
    const [, mark = ""] = /^\d+ (.*)$/s.exec(readFileSync(pidFile, "utf8")) ?? [];
    await project.down(postgres);
    writeFileSync(pidFile, `${process.pid} ${mark}`);
    expect(await project.status(postgres)).toMatchObject({ state: "stopped", pid: undefined });
    expect(await project.down(postgres)).toEqual([]);
    writeFileSync(pidFile, `${process.pid} ${mark}`);
    await project.up(postgres);
    expect((await project.status(postgres)).pid).not.toBe(process.pid);
  });

  test("two ups at once, of which one is killed, leave one running server", async () => {
    await project.down(postgres);
    const local = new URL("../../../testbed/", import.meta.url).href;
    const script = `
      import { up } from "${local}local.ts";
      import { postgres } from "${local}postgres.ts";
      const step = (title, work) => work((detail) => console.log(detail));
      await up(${JSON.stringify(project.root)}, [postgres], { step });`;
    const start = () =>
      spawn(process.execPath, ["--input-type=module", "-e", script], {
        stdio: ["ignore", "pipe", "inherit"],
      });
    const killed = start();
    await once(killed.stdout, "data");
    const other = start();
    killed.kill("SIGKILL");
    other.stdout.resume();
    expect(await once(other, "exit")).toEqual([0, null]);
    expect(await project.status(postgres)).toMatchObject({ state: "running" });
    expect(existsSync(`${project.local}.lock`)).toBe(false);
    const running = processList()
      .split("\n")
      .filter((each) => each.includes(`port=${admin().port} `));
    expect(running).toHaveLength(1);
  });

  test("a cancelled up leaves no process and no half-made data", async () => {
    const fresh = new LocalProject();
    try {
      const interruption = new AbortController();
      const step = <T>(_title: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T> =>
        work((detail) => {
          if (detail.startsWith("waiting")) interruption.abort();
        });
      await expect(up(fresh.root, [postgres], { step }, interruption.signal)).rejects.toMatchObject({
        code: "cancelled",
      });
      expect(await fresh.status(postgres)).toMatchObject({ state: "stopped" });
      expect(existsSync(`${fresh.local}.lock`)).toBe(false);
      await fresh.up(postgres);
      expect(await fresh.status(postgres)).toMatchObject({ state: "running" });
    } finally {
      await fresh.remove();
    }
  });
});

test("down stops it, and down with delete leaves nothing", async () => {
  const fresh = new LocalProject();
  await fresh.up(postgres);
  const { pid } = await fresh.status(postgres);
  const outside = join(fresh.place(postgres).folder, "outside");
  const folders = [fresh.local, ...(existsSync(outside) ? [outside] : [])];
  expect(await fresh.down(postgres)).toEqual(["postgres"]);
  expect(isAlive(pid)).toBe(false);
  expect(folders.every(existsSync)).toBe(true);
  await fresh.remove();
  expect(folders.some(existsSync)).toBe(false);
});

test("nothing runs in a project that was never started", async () => {
  const empty = join(project.root, "nothing");
  expect((await status(empty)).map(({ state, address }) => [state, address])).toEqual([
    ["stopped", undefined],
    ["stopped", undefined],
    ...optional.map(() => ["not chosen", undefined]),
  ]);
  expect(existsSync(localFolder(empty))).toBe(false);
});
