import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { z } from "zod";
import { loadEnvironment } from "../../../stacks/environment.ts";
import { coder } from "../../../testbed/coder.ts";
import { gitea } from "../../../testbed/gitea.ts";
import { wantedServers } from "../../../testbed/local.ts";
import { mattermost } from "../../../testbed/mattermost.ts";
import { postgres, superuserOf } from "../../../testbed/postgres.ts";
import { readRecord, writeRecord } from "../../../testbed/record.ts";
import type { Server } from "../../../testbed/server.ts";
import { commandLine } from "../../../toolchain/process-table.ts";
import { isAlive, LocalProject, processList, reachableAt } from "../../support/local-project.ts";

/** How each one is asked, with a token, who that is; and how it answers its administrator. */
const systems = [
  {
    server: mattermost,
    key: "mattermost",
    variable: "MATTERMOST_TOKEN",
    path: "/api/v4/users/me",
    headers: (token: string) => ({ authorization: `Bearer ${token}` }),
    administrator: { username: "tenantry", roles: "system_admin system_user" },
  },
  {
    server: coder,
    key: "coder",
    variable: "CODER_SESSION_TOKEN",
    path: "/api/v2/users/me",
    headers: (token: string) => ({ "coder-session-token": token }),
    administrator: { username: "tenantry", roles: [expect.objectContaining({ name: "owner" })] },
  },
  {
    server: gitea,
    key: "gitea",
    variable: "GITEA_SERVER_TOKEN",
    path: "/api/v1/user",
    headers: (token: string) => ({ authorization: `token ${token}` }),
    administrator: { login: "tenantry", is_admin: true },
  },
] as const;

let project: LocalProject;

beforeAll(async () => {
  project = new LocalProject();
  await project.up(postgres);
});

afterAll(() => project.remove());

const credentials = (): Record<string, string> =>
  z.record(z.string(), z.string()).parse(JSON.parse(project.file("credentials.json")));

const names = (servers: readonly Server[]): string[] => servers.map(({ name }) => name);

async function kill(pid: number | undefined): Promise<void> {
  process.kill(pid ?? 0, "SIGKILL");
  while (isAlive(pid)) await sleep(10);
}

async function databases(): Promise<string[]> {
  const client = new Client(superuserOf(project.place(postgres)));
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database UNION SELECT rolname FROM pg_roles",
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

describe.each(systems)("$server.title", ({ server, key, variable, path, headers, administrator }) => {
  const tokenFile = (): string => join(project.place(server).folder, "token");

  async function whoIs(token = credentials()[variable] ?? ""): Promise<{ status: number; body: unknown }> {
    const address = loadEnvironment(project.root, "local")[key];
    if (address === undefined || address === "none") throw new Error(`${key} has no address`);
    const response = await fetch(`${address.url}${path}`, { headers: headers(token) });
    return { status: response.status, body: await response.json() };
  }
  const isAdministrator = { status: 200, body: expect.objectContaining(administrator) };

  test("isn't there until it's chosen", async () => {
    expect(await project.status(server)).toMatchObject({
      state: "not chosen",
      address: undefined,
      pid: undefined,
    });
    expect(loadEnvironment(project.root, "local")[key]).toBe("none");
    expect(credentials()).not.toHaveProperty(variable);
    expect(names(wantedServers(project.root))).not.toContain(server.name);
    expect(names(wantedServers(project.root, [server.name]))).toContain(server.name);
  });

  test("starts with an administrator whose token works, and is remembered", async () => {
    let seen = "";
    const sampling = setInterval(() => (seen += processList()), 100);
    await project.up(server);
    clearInterval(sampling);
    expect(await whoIs()).toEqual(isAdministrator);
    expect((await whoIs("wrong-token")).status).toBe(401);
    expect(await project.status(server)).toMatchObject({ state: "running", pid: expect.any(Number) });
    expect(names(wantedServers(project.root))).toContain(server.name);
    seen += processList();
    const { pid = 0 } = await project.status(server);
    expect(seen.includes(commandLine(pid)?.trim() ?? "nothing")).toBe(true);
    const log = readFileSync(project.place(server).log, "utf8");
    expect(log).not.toBe("");
    for (const secret of [...project.secrets(), credentials()[variable] ?? ""]) {
      expect(secret.length).toBeGreaterThan(8);
      const shown = [seen, log, project.file("environment.yaml")].map((text) => text.includes(secret));
      expect(shown).toEqual([false, false, false]);
    }
  });

  test.each(server.ports)("port %s is open on loopback only", async (port) => {
    expect(await reachableAt(project.place(server).port(port))).toEqual(["127.0.0.1"]);
  });

  test("nobody else may read its files", () => {
    const { folder } = project.place(server);
    expect(statSync(tokenFile()).mode & 0o777).toBe(0o600);
    for (const each of [folder, join(folder, "outside")].filter(existsSync)) {
      // Who may go into a folder, but not list it, must find nothing open in there but software.
      const mode = statSync(each).mode & 0o077;
      expect([0, 0o011]).toContain(mode);
      if (mode === 0) continue;
      const entries = readdirSync(each, { withFileTypes: true }).filter(
        (entry) => !entry.isSymbolicLink() && !entry.name.startsWith("software-"),
      );
      expect(entries.filter(({ name }) => (statSync(join(each, name)).mode & 0o077) !== 0)).toEqual([]);
    }
  });

  test("up again leaves it alone", async () => {
    const before = [await project.status(server), credentials()];
    expect(await project.up(server)).toEqual([...server.needs.map(({ title }) => title), server.title]);
    expect([await project.status(server), credentials()]).toEqual(before);
  });

  test("killed, it comes back at the same address, with the same token and data", async () => {
    const before = [project.file("ports.json"), credentials()];
    const { pid } = await project.status(server);
    await kill(pid);
    expect(await project.status(server)).toMatchObject({ state: "stopped" });
    await project.up(server);
    expect((await project.status(server)).pid).not.toBe(pid);
    expect([project.file("ports.json"), credentials()]).toEqual(before);
    expect(await whoIs()).toEqual(isAdministrator);
  });

  test.each([
    ["is gone", undefined],
    ["is damaged", "\0\0"],
    ["isn't one of its own", "0123456789abcdef0123456789abcdef01234567"],
  ])("a token that %s is replaced while it runs, and the one before is void", async (_how, text) => {
    const { pid } = await project.status(server);
    const before = credentials()[variable] ?? "";
    if (text === undefined) rmSync(tokenFile());
    else writeFileSync(tokenFile(), text);
    await project.up(server);
    expect((await project.status(server)).pid).toBe(pid);
    expect(credentials()[variable]).not.toBe(before);
    expect(await whoIs()).toEqual(isAdministrator);
    expect((await whoIs(before)).status).toBe(401);
  });

  test("a first start that was cut off is done again from the beginning", async () => {
    await kill((await project.status(server)).pid);
    rmSync(project.place(server).bootstrapped);
    rmSync(tokenFile());
    const secrets = readRecord(join(project.local, "secrets.json"));
    // What the first start made knows another password.
    writeRecord(join(project.local, "secrets.json"), {
      ...secrets,
      [`${server.name}.admin`]: "Another-1-password",
    });
    await project.up(server);
    expect(await whoIs()).toEqual(isAdministrator);
  });

  test("down with delete forgets it; chosen again, it starts afresh", async () => {
    const before = credentials()[variable] ?? "";
    const outside = join(project.place(server).folder, "outside");
    const elsewhere = existsSync(outside) ? readlinkSync(outside) : undefined;
    const { pid } = await project.status(server);
    await project.delete(server);
    expect(isAlive(pid)).toBe(false);
    expect(await project.status(server)).toMatchObject({ state: "not chosen", address: undefined });
    expect(await project.status(postgres)).toMatchObject({ state: "running" });
    expect(loadEnvironment(project.root, "local")[key]).toBe("none");
    expect(credentials()).not.toHaveProperty(variable);
    expect(project.file("secrets.json")).not.toContain(`"${server.name}.`);
    expect(existsSync(project.place(server).folder)).toBe(false);
    if (elsewhere !== undefined) expect(existsSync(elsewhere)).toBe(false);
    expect(await databases()).not.toContain(server.name);
    expect(names(wantedServers(project.root))).not.toContain(server.name);
    expect(processList().includes(project.place(server).folder)).toBe(false);
    await project.up(server);
    expect(await whoIs()).toEqual(isAdministrator);
    expect((await whoIs(before)).status).toBe(401);
    await project.down(server);
  });
});

test.each([mattermost, coder])(
  "$title whose administrator's password is unknown says how to start afresh",
  async (server) => {
    await project.up(server);
    rmSync(join(project.place(server).folder, "token"));
    const file = join(project.local, "secrets.json");
    const secrets = readRecord(file);
    writeRecord(file, { ...secrets, [`${server.name}.admin`]: "Another-1-password" });
    await expect(project.up(server)).rejects.toMatchObject({
      code: `${server.name}-admin`,
      system: server.title,
      fix: expect.stringContaining(`local down --only ${server.name} --delete`),
    });
    expect(await project.status(server)).toMatchObject({ state: "stopped" });
    await project.delete(server);
    await project.up(server);
    expect(await project.status(server)).toMatchObject({ state: "running" });
    await project.down(server);
  },
);

test("their database is gone with PostgreSQL's data: they start afresh by themselves", async () => {
  await project.up(mattermost);
  const before = credentials()["MATTERMOST_TOKEN"];
  await project.delete(postgres);
  expect(await project.status(mattermost)).toMatchObject({ state: "stopped" });
  await project.up(mattermost);
  expect(await project.status(mattermost)).toMatchObject({ state: "running" });
  expect(credentials()["MATTERMOST_TOKEN"]).not.toBe(before);
});
