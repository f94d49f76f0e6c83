import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { loadEnvironment } from "../../../stacks/environment.ts";
import { keycloak } from "../../../testbed/keycloak.ts";
import { postgres } from "../../../testbed/postgres.ts";
import { isAlive, LocalProject, processList, reachableAt } from "../../support/local-project.ts";

let project: LocalProject;
let seen = "";
let firstPid: number | undefined;

/** Its start is what takes long: one first start and one after a kill must do for all tests here. */
beforeAll(async () => {
  project = new LocalProject();
  const sampling = setInterval(() => (seen += processList()), 1_000);
  await project.up(keycloak);
  clearInterval(sampling);
  seen += processList();
  firstPid = (await project.status(keycloak)).pid;
});

afterAll(() => project.remove());

async function adminToken(password?: string): Promise<Response> {
  const { KEYCLOAK_CLIENT_ID, KEYCLOAK_USER, KEYCLOAK_PASSWORD } = z
    .record(z.string(), z.string())
    .parse(JSON.parse(project.file("credentials.json")));
  const { url } = loadEnvironment(project.root, "local").keycloak;
  return fetch(`${url}/realms/master/protocol/openid-connect/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "password",
      client_id: KEYCLOAK_CLIENT_ID ?? "",
      username: KEYCLOAK_USER ?? "",
      password: password ?? KEYCLOAK_PASSWORD ?? "",
    }),
  });
}

test("its administrator is let in by the generated password only; no other server was started", async () => {
  expect((await adminToken()).status).toBe(200);
  expect((await adminToken("wrong")).status).toBe(400);
  expect(await project.status(keycloak)).toMatchObject({ state: "running", pid: expect.any(Number) });
  expect(await project.status(postgres)).toMatchObject({ state: "stopped" });
});

test("no password in the process list, from its first second on, nor in the log", () => {
  const log = readFileSync(project.place(keycloak).log, "utf8");
  expect(log).toContain("started in");
  expect(seen).toContain(`-Dkc.home.dir=${project.place(keycloak).folder}`);
  for (const secret of project.secrets()) {
    expect(seen).not.toContain(secret);
    expect(log).not.toContain(secret);
  }
});

test.each(keycloak.ports)("port %s is open on loopback only", async (name) => {
  expect(await reachableAt(project.place(keycloak).port(name))).toEqual(["127.0.0.1"]);
});

test("up again is nothing to do", async () => {
  expect(await project.up(keycloak)).toEqual([keycloak.title]);
  expect((await project.status(keycloak)).pid).toBe(firstPid);
});

test("killed, it comes back with the same address and password; down leaves no process", async () => {
  const before = { ports: project.file("ports.json"), credentials: project.file("credentials.json") };
  process.kill(firstPid ?? 0, "SIGKILL");
  while (isAlive(firstPid)) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await project.status(keycloak)).toMatchObject({ state: "stopped" });
  await project.up(keycloak);
  expect({ ports: project.file("ports.json"), credentials: project.file("credentials.json") }).toEqual(
    before,
  );
  expect((await adminToken()).status).toBe(200);
  const { pid } = await project.status(keycloak);
  expect(await project.down(keycloak)).toEqual(["keycloak"]);
  expect(isAlive(pid)).toBe(false);
  expect(processList()).not.toContain(project.root);
});

test("without a Java that will do, up says what's missing", async () => {
  const known = process.env["JAVA_HOME"];
  process.env["JAVA_HOME"] = project.root;
  try {
    await expect(project.up(keycloak)).rejects.toMatchObject({ code: "java-missing", system: "Keycloak" });
  } finally {
    if (known === undefined) delete process.env["JAVA_HOME"];
    else process.env["JAVA_HOME"] = known;
  }
  expect(await project.status(keycloak)).toMatchObject({ state: "stopped" });
});
