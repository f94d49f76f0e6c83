import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { validateOnline } from "../../../discovery/online/validate-online.ts";
import { loadFleet } from "../../../schema/load-fleet.ts";
import { fakeServer } from "../../support/fake-server.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { tenantsFolder } from "../schema/tenants-folder.ts";

// What systems say about tenants' files, asked of a server that has some repositories.
const acme = `version: 1
id: acme
name: Acme
plan: basic
region: eu
domains: [acme.example]
contacts:
  - { name: Ada, email: ada@acme.example, role: owner }
  - { name: Ben, email: ben@acme.example, role: security }
teams: [{ id: platform }]
users:
  - { email: ada@acme.example, firstName: Ada, lastName: Ashford, role: tenant_admin }
sourceControl:
  repositories:
    - name: portal
    - name: gone
    - name: old
`;

const repositories: Readonly<Record<string, object | undefined>> = {
  "acme/portal": { archived: false },
  "acme/old": { archived: true },
};

let server: { url: string; close: () => Promise<void> };
let proxy: FaultProxy;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  server = await fakeServer(({ url = "" }, response) => {
    const found =
      url === "/api/v1/version" ? { version: "1.26" } : repositories[url.replace("/api/v1/repos/", "")];
    response
      .writeHead(found === undefined ? 404 : 200)
      .end(JSON.stringify(found ?? { message: "Not Found" }));
  });
  proxy = await FaultProxy.start(server.url);
  environment = { GITEA_SERVER_URL: proxy.url, GITEA_SERVER_TOKEN: "token-of-the-administrator" };
});
beforeEach(() => proxy.clear());
afterAll(async () => {
  await proxy.close();
  await server.close();
});

const asked = async (file: string, variables = environment): ReturnType<typeof validateOnline> => {
  const { tenants, problems } = await loadFleet(tenantsFolder({ "acme.yaml": file }));
  expect(problems).toEqual([]);
  return validateOnline(tenants, variables);
};
const lines = ({ problems }: Awaited<ReturnType<typeof validateOnline>>): string[] =>
  problems.map(({ file, line, column, code, path }) => `${file}:${line}:${column} ${code} ${path}`);

test("says which repositories are gone or shut, with the place in the file, and only reads", async () => {
  const result = await asked(acme);
  expect(lines(result)).toEqual([
    "tenants/acme.yaml:16:13 not-there sourceControl.repositories[1].name",
    "tenants/acme.yaml:17:13 archived sourceControl.repositories[2].name",
  ]);
  expect(result.problems[0]?.message).toBe(
    "there is no repository acme/gone in Gitea, or the token can't see it",
  );
  expect(result.unreachable).toEqual([]);
  expect(proxy.calls.map(({ method }) => method)).toEqual(["GET", "GET", "GET"]);
});

test("a repository that has another name now isn't there", async () => {
  proxy.always({ path: /portal/ }, { status: 307, headers: { location: "/elsewhere" } });
  expect(lines(await asked(acme))[0]).toBe(
    "tenants/acme.yaml:15:13 not-there sourceControl.repositories[0].name",
  );
});

test("one that may not be read is said so", async () => {
  proxy.always({ path: /portal/ }, { status: 403 });
  expect(lines(await asked(acme))[0]).toContain("not-readable");
});

test("the organization that is declared is asked for", async () => {
  await asked(acme.replace("sourceControl:\n", "sourceControl:\n  organization: acme-code\n"));
  expect(proxy.calls.map(({ path }) => path)).toContain("/api/v1/repos/acme-code/portal");
});

test("says what people need and isn't there, at the place where it belongs", async () => {
  const bare = "version: 1\nid: acme\nname: Acme\nplan: basic\nregion: eu\ncontacts: []\nusers: []\n";
  const { problems } = await asked(bare);
  expect(problems.map(({ line, path, message }) => `${line} ${path}: ${message}`)).toEqual([
    "1 domains: acme lacks a domain",
    "1 teams: acme lacks a team",
    "1 sourceControl.repositories: acme lacks a repository",
    "6 contacts: acme lacks an owner among its contacts",
    "6 contacts: acme lacks a contact for technical or security matters",
    "7 users: acme lacks a tenant_admin among its people",
  ]);
});

test("a system that the environment does without isn't asked", async () => {
  expect(await asked(acme, {})).toEqual({ problems: [], unreachable: [] });
});

describe("when asking fails", () => {
  test("a server that doesn't answer is said, once, and is no problem of a file", async () => {
    const { problems, unreachable } = await asked(acme, {
      ...environment,
      GITEA_SERVER_URL: "http://127.0.0.1:9",
    });
    expect(problems).toEqual([]);
    expect(unreachable).toMatchObject([{ code: "server-unreachable", system: "Gitea" }]);
  });

  test.each([
    ["wrong-token", 401],
    ["server-error", 500],
  ])("%s ends it", async (code, status) => {
    proxy.always({}, { status });
    await expect(asked(acme)).rejects.toMatchObject({ code, system: "Gitea" });
  });

  test("a missing token ends it", async () => {
    await expect(asked(acme, { ...environment, GITEA_SERVER_TOKEN: "" })).rejects.toMatchObject({
      code: "credentials-missing",
      message: expect.stringContaining("GITEA_SERVER_TOKEN"),
    });
  });
});
