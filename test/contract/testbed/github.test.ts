import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { checkGithub } from "../../../providers/github/preflight.ts";
import { github as server } from "../../../testbed/github.ts";
import type { Place } from "../../../testbed/place.ts";
import { isAlive, LocalProject, processList, reachableAt } from "../../support/local-project.ts";

// The stand-in for GitHub as a server of the local environment.
let project: LocalProject;
let place: Place;

beforeAll(async () => {
  project = new LocalProject();
  await project.up(server);
  place = project.place(server);
});
afterAll(() => project.remove());

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const token = (): string => server.credentials(place)["GITHUB_TOKEN"] ?? "";

async function ask(method: string, path: string, body?: unknown, as = token()): Promise<Reply> {
  const response = await fetch(server.address(place) + path, {
    method,
    headers: { "content-type": "application/json", ...(as && { authorization: `Bearer ${as}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

test("its environment names the address and the organization; the token is a credential", () => {
  expect(project.file("environment.yaml")).toContain(
    `url: ${server.address(place)}\n  organization: tenantry`,
  );
  expect(project.file("environment.yaml")).not.toContain(token());
  expect(JSON.parse(project.file("credentials.json"))).toMatchObject({ GITHUB_TOKEN: token() });
  expect(processList().includes(token())).toBe(false);
});

test("its API is under /api/v3, for the owner's token only", async () => {
  expect(await ask("GET", "/api/v3/user")).toMatchObject({ status: 200, body: { login: "tenantry-owner" } });
  for (const wrong of ["", "ghp_wrong", "admin"]) {
    expect(await ask("GET", "/api/v3/user", undefined, wrong)).toMatchObject({
      status: 401,
      body: { message: "Bad credentials" },
    });
  }
});

test("nothing of it is reached from outside", async () => {
  expect(await reachableAt(place.port("http"))).toEqual(["127.0.0.1"]);
});

test("an organization's repositories are listed page by page, private ones too", async () => {
  for (const name of ["one", "two", "three"]) {
    const made = await ask("POST", "/api/v3/orgs/tenantry/repos", { name, private: true, auto_init: true });
    expect(made.status).toBe(201);
  }
  const names = async (page: number): Promise<unknown> =>
    (await ask("GET", `/api/v3/orgs/tenantry/repos?per_page=2&page=${page}`)).body;
  expect(await names(1)).toHaveLength(2);
  expect(await names(2)).toHaveLength(1);
});

test("an account is made for whoever is named, and stays; what was changed stays too", async () => {
  expect((await ask("GET", "/api/v3/users/new-here")).status).toBe(404);
  expect((await ask("POST", "/stand-in/users", { login: "new-here" })).status).toBe(204);
  const hook = { name: "web", config: { url: "https://ci.example/hook", secret: "s" }, events: ["push"] };
  expect((await ask("POST", "/api/v3/repos/tenantry/one/hooks", hook)).status).toBe(201);
  const before = await ask("GET", "/api/v3/repos/tenantry/one/hooks");
  const file = await ask("GET", "/api/v3/repos/tenantry/one/contents/README.md");
  await project.down(server);
  await project.up(server);
  expect(await ask("GET", "/api/v3/users/new-here")).toMatchObject({ status: 200 });
  expect(await ask("GET", "/api/v3/repos/tenantry/one/hooks")).toMatchObject({
    status: 200,
    body: [{ events: ["push"], config: { url: "https://ci.example/hook" } }],
  });
  expect(before.body).toHaveLength(1);
  expect(await ask("GET", "/api/v3/repos/tenantry/one/contents/README.md")).toEqual(file);
});

describe("the preflight", () => {
  const variables = (): Record<string, string> => ({
    GITHUB_BASE_URL: server.address(place),
    GITHUB_OWNER: "tenantry",
    GITHUB_TOKEN: token(),
  });

  test("finds nothing wrong", async () => {
    await expect(checkGithub(variables())).resolves.toBeUndefined();
  });

  test.each([
    ["wrong-token", { GITHUB_TOKEN: "ghp_wrong" }, /GITHUB_TOKEN/],
    ["organization-missing", { GITHUB_OWNER: "nobody-here" }, /github\.organization/],
    ["credentials-missing", { GITHUB_TOKEN: "" }, /GITHUB_TOKEN/],
    ["server-unreachable", { GITHUB_BASE_URL: "http://127.0.0.1:9" }, /address/],
  ])("says %s", async (code, wrong, fix) => {
    const failure = await checkGithub({ ...variables(), ...wrong }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, system: "GitHub", fix: expect.stringMatching(fix) });
    expect(String(failure)).not.toContain(token());
  });
});

test("stopping it leaves no process", async () => {
  const { pid } = await project.status(server);
  await project.down(server);
  expect(isAlive(pid)).toBe(false);
  await project.up(server);
});
