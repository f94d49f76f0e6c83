import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { json } from "node:stream/consumers";
import { z } from "zod";
import {
  configure,
  type UserInputs,
  type UserOutputs,
} from "../../../providers/coder/user-implementation.ts";
import type { Implementation } from "../../../providers/implementation.ts";
import { serve } from "../../../providers/serve.ts";
import { fakeServer } from "../../support/fake-server.ts";

/** The account on a server that has an identity provider and an organization `acme` besides its own. */
const onServer = {
  id: "u-1",
  username: "",
  email: "",
  name: "",
  status: "dormant",
  login_type: "",
  roles: [],
};
const body = z.record(z.string(), z.unknown());
const acme = "o-acme";

let exists = false;
let signIn = { password: { enabled: true }, oidc: { enabled: true } };
let organizations: string[] = [];
let tokens: { id: string }[] = [];
let calls: string[] = [];
let server: Awaited<ReturnType<typeof fakeServer>>;
let user: Implementation<UserInputs, UserOutputs>;
let inputs: UserInputs;

/** Answers as `coderd/users.go`, `apikey.go` and `members.go` of v2.36.1 do. Undefined: 404. */
function answer(call: string, sent: Record<string, unknown>): unknown {
  if (call === "GET /users/authmethods") return signIn;
  if (call === "GET /organizations/acme") return { id: acme };
  if (call === "GET /organizations/default") return { id: "o-default" };
  if (call === "POST /users") {
    exists = true;
    organizations = z.array(z.string()).parse(sent["organization_ids"]);
    return Object.assign(onServer, sent, { roles: [], status: "dormant" });
  }
  if (/^GET \/users\/(?:u-1|acme-jane)$/.test(call)) {
    return exists ? { ...onServer, organization_ids: organizations } : undefined;
  }
  if (call === "GET /users/u-1/keys/tokens") return tokens;
  if (call.startsWith("DELETE /users/u-1/keys/")) {
    tokens = tokens.filter(({ id }) => !call.endsWith(id));
    return {};
  }
  if (call === `DELETE /organizations/${acme}/members/u-1`) {
    organizations = organizations.filter((id) => id !== acme);
    return {};
  }
  if (call === `POST /organizations/${acme}/members/u-1`) return organizations.push(acme);
  if (call === "PUT /users/u-1/status/suspend") return Object.assign(onServer, { status: "suspended" });
  if (call === "PUT /users/u-1/status/activate") return Object.assign(onServer, { status: "active" });
  return undefined;
}

beforeAll(async () => {
  server = await fakeServer((request, response) => {
    void (async () => {
      const { method = "", url = "" } = request;
      const sent = ["POST", "PUT"].includes(method) ? await json(request).catch(() => ({})) : {};
      const call = `${method} ${url.replace("/api/v2", "")}`;
      if (method !== "GET") calls.push(call);
      const found = answer(call, body.parse(sent));
      response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(found ?? { message: "Resource not found" }));
    })();
  });
  user = configure({ CODER_URL: server.url, CODER_SESSION_TOKEN: "token-of-a-test" });
});
afterAll(() => server.close());
beforeEach(() => {
  exists = false;
  signIn = { password: { enabled: true }, oidc: { enabled: true } };
  [organizations, tokens, calls] = [[], [{ id: "k-1" }, { id: "k-2" }], []];
  inputs = user.inputs.parse({
    tenant: "acme",
    username: "acme-jane",
    email: "jane@acme.example",
    name: "Jane",
    loginType: "oidc",
    organization: "acme",
  });
});

const differs = async (state: UserOutputs): Promise<boolean> =>
  (await serve(user).diff("u-1", { ...(await user.read("u-1", state)) }, { ...inputs })).changes;

describe("who signs in by the identity provider", () => {
  test("has no password, here or there", async () => {
    const { outputs } = await user.create(inputs);
    expect(outputs.password).toBeUndefined();
    expect(onServer).toMatchObject({ login_type: "oidc", email: "jane@acme.example" });
    expect(onServer).not.toHaveProperty("password");
    expect(await differs(outputs)).toBe(false);
  });

  test("has the address that the provider brought: neither drift nor a failure", async () => {
    const { outputs } = await user.create(inputs);
    onServer.email = "jane.roe@acme.example";
    expect(await differs(outputs)).toBe(false);
    inputs = { ...inputs, email: "jane.roe@acme.example" };
    expect((await user.update("u-1", outputs, inputs)).email).toBe("jane.roe@acme.example");
  });

  test("loses their tokens on rotation and on leaving", async () => {
    const { id, outputs } = await user.create(inputs);
    await user.update(id, outputs, { ...inputs, rotation: "2" });
    expect(tokens).toEqual([]);
    tokens = [{ id: "k-3" }];
    await user.delete(id, outputs);
    expect(tokens).toEqual([]);
    expect(onServer.status).toBe("suspended");
    expect(calls.filter((call) => call.endsWith("/password"))).toEqual([]);
  });
});

describe("an organization of the tenant's own", () => {
  test("is entered at the beginning, left at the end, and entered again on return", async () => {
    const { id, outputs } = await user.create(inputs);
    expect(organizations).toEqual([acme]);
    await user.delete(id, outputs);
    expect(organizations).toEqual([]);
    await user.create(inputs);
    expect(organizations).toEqual([acme]);
    expect(onServer.status).toBe("active");
  });

  test("another one is entered, and the old one stays", async () => {
    const { id, outputs } = await user.create({ ...inputs, organization: undefined });
    expect(organizations).toEqual(["o-default"]);
    await user.update(id, outputs, inputs);
    expect(organizations).toEqual(["o-default", acme]);
    expect(await differs({ ...outputs, organization: "acme" })).toBe(false);
  });
});

describe("a server that has passwords turned off", () => {
  test("says so before anything is made", async () => {
    signIn = { password: { enabled: false }, oidc: { enabled: true } };
    await expect(user.create({ ...inputs, loginType: "password" })).rejects.toMatchObject({
      code: "capability-missing",
      fix: expect.stringContaining("CODER_DISABLE_PASSWORD_AUTH"),
    });
    expect(calls).toEqual([]);
  });
});
