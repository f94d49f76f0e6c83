import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { requireFeatures } from "../../../stacks/require-features.ts";
import { tenant, type Tenant } from "../../../schema/tenant.ts";
import { fakeServer } from "../../support/fake-server.ts";

/** A server that can do nothing special: Mattermost's Team Edition, Coder's open build. */
let server: { url: string; close: () => Promise<void> };
const asked: string[] = [];
const before = { ...process.env };

beforeAll(async () => {
  server = await fakeServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(request.url?.includes("/config/client") ? 200 : 404).end("{}");
  });
  Object.assign(process.env, { MATTERMOST_URL: server.url, MATTERMOST_TOKEN: "token-of-the-tests" });
  Object.assign(process.env, { CODER_URL: server.url, CODER_SESSION_TOKEN: "token-of-the-tests" });
});
afterAll(async () => {
  await server.close();
  for (const name of ["MATTERMOST_URL", "MATTERMOST_TOKEN", "CODER_URL", "CODER_SESSION_TOKEN"])
    if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before[name];
});

const declared = (more: object): Tenant =>
  tenant.parse({
    ...{
      version: 1,
      id: "acme",
      name: "Acme",
      plan: "basic",
      region: "eu-west",
      teams: [{ id: "platform" }],
    },
    ...more,
  });

test.each([
  ["sign-in by the realm", { collaboration: { signIn: "realm" } }],
  ["groups", { workspaces: { groups: true } }],
  ["an organization of its own", { workspaces: { organization: "acme" } }],
])("%s is refused where the server doesn't have it", async (_what, more) => {
  const there = new Set(["collaboration", "workspaces"] as const);
  await expect(requireFeatures(declared(more), there)).rejects.toMatchObject({ code: "capability-missing" });
});

test("a tenant that wants nothing special, or has no such system, asks no server", async () => {
  asked.length = 0;
  await requireFeatures(declared({}), new Set(["collaboration", "workspaces"] as const));
  const everything = {
    collaboration: { signIn: "realm" },
    workspaces: { groups: true, organization: "acme" },
  };
  await requireFeatures(declared(everything), new Set(["database"] as const));
  expect(asked).toEqual([]);
});
