import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  configure,
  type PasswordResetInputs,
} from "../../../providers/keycloak/password-reset-implementation.ts";
import { generatePassword } from "../../../providers/tenantry/generate-password.ts";
import { serve } from "../../../providers/serve.ts";
import { keycloakServer } from "../../support/keycloak-server.ts";
import { token, type Application } from "../../support/sign-in.ts";

const realm = "password-reset-co";
const { url, admin } = keycloakServer();
const reset = configure(process.env);
const provider = serve(reset);
const application: Application = {
  issuer: `${url}/realms/${realm}`,
  clientId: "probe",
  redirectUri: "https://probe.example/",
};
const users = z.array(z.object({ id: z.string(), requiredActions: z.array(z.string()).default([]) }));
const answer = z.object({ refresh_token: z.string(), error_description: z.string() }).partial();

let username: string;
let inputs: PasswordResetInputs;
/** What the person chose. */
let own: string;

beforeAll(async () => {
  await admin.delete(`/realms/${realm}`);
  await admin.post("/realms", { realm, enabled: true, passwordPolicy: "length(12)" });
  await admin.post(`/realms/${realm}/clients`, {
    clientId: "probe",
    publicClient: true,
    directAccessGrantsEnabled: true,
  });
});
afterAll(() => admin.delete(`/realms/${realm}`));

beforeEach(async () => {
  username = `ada-${randomUUID()}`;
  own = generatePassword();
  await admin.post(`/realms/${realm}/users`, {
    username,
    enabled: true,
    email: `${username}@acme.example`,
    firstName: "Ada",
    lastName: "Ashford",
    credentials: [{ type: "password", value: own }],
  });
  inputs = { realm, user: (await account()).id, password: generatePassword(), rotation: undefined };
});

async function account(): Promise<z.output<typeof users>[number]> {
  const [found] = (await admin.get(`/realms/${realm}/users?exact=true&username=${username}`, users)) ?? [];
  if (found === undefined) throw new Error(`no ${username}`);
  return found;
}

/** `in`, or why not. Keycloak says of a one-time password that is right that the account is not set up. */
async function signIn(password: string): Promise<{ said: string; refreshToken: string }> {
  const response = await token(application, { grant_type: "password", username, password });
  const body = answer.parse(await response.json());
  return {
    said: response.ok ? "in" : (body.error_description ?? ""),
    refreshToken: body.refresh_token ?? "",
  };
}

const isOpen = async (refreshToken: string): Promise<boolean> =>
  (await token(application, { grant_type: "refresh_token", refresh_token: refreshToken })).ok;

const oneTime = "Account is not fully set up";
const wrong = "Invalid user credentials";

/** The password of `inputs` is set and has to be changed; what was before is over. */
async function expectReset(refreshToken: string): Promise<void> {
  expect((await signIn(inputs.password)).said).toBe(oneTime);
  expect((await signIn(own)).said).toBe(wrong);
  expect((await account()).requiredActions).toEqual(["UPDATE_PASSWORD"]);
  expect(await isOpen(refreshToken)).toBe(false);
}

async function expectUntouched(refreshToken: string): Promise<void> {
  expect((await signIn(own)).said).toBe("in");
  expect((await account()).requiredActions).toEqual([]);
  expect(await isOpen(refreshToken)).toBe(true);
}

describe("create", () => {
  test("without a rotation touches nothing", async () => {
    const { refreshToken } = await signIn(own);
    const { id, outputs } = await reset.create(inputs);
    expect(id).toBe(`${realm}/${inputs.user}`);
    expect(outputs).toEqual(inputs);
    await expectUntouched(refreshToken);
  });

  test("with one sets a one-time password and ends sessions; twice is as good as once", async () => {
    const { refreshToken } = await signIn(own);
    const news = { ...inputs, rotation: "lost-phone" };
    await reset.create(news);
    await expectReset(refreshToken);
    await reset.create(news);
    await expectReset(refreshToken);
  });
});

describe("update", () => {
  test("with a new rotation sets it and ends sessions, and then has nothing to do", async () => {
    const { id, outputs } = await reset.create(inputs);
    const { refreshToken } = await signIn(own);
    const news = { ...inputs, rotation: "lost-phone" };
    expect(await provider.diff(id, { ...outputs }, { ...news })).toMatchObject({
      changes: true,
      replaces: [],
    });
    const updated = await reset.update(id, outputs, news);
    expect(updated).toEqual(news);
    await expectReset(refreshToken);
    expect(await provider.diff(id, { ...updated }, { ...news })).toMatchObject({ changes: false });
  });

  test.each<[string, string | undefined, string | undefined]>([
    ["the same one", "lost-phone", "lost-phone"],
    ["none where there was none", undefined, undefined],
    ["none any more", "lost-phone", undefined],
  ])("with %s leaves what the person chose", async (_what, before, after) => {
    const { refreshToken } = await signIn(own);
    const olds = { ...inputs, rotation: before };
    const news = { ...inputs, password: generatePassword(), rotation: after };
    expect(await reset.update(`${realm}/${inputs.user}`, olds, news)).toEqual(news);
    await expectUntouched(refreshToken);
  });
});

test("reading and deleting touch nothing", async () => {
  const { refreshToken } = await signIn(own);
  const state = { ...inputs, rotation: "lost-phone" };
  expect(await reset.read(`${realm}/${inputs.user}`, state)).toEqual(state);
  await reset.delete(`${realm}/${inputs.user}`, state);
  await expectUntouched(refreshToken);
});

test("another account is another reset", async () => {
  expect(await provider.diff("x", { ...inputs }, { ...inputs, user: randomUUID() })).toMatchObject({
    replaces: ["user"],
  });
});

describe("what fails says so, without the password", () => {
  test.each<[string, () => Partial<PasswordResetInputs>, NodeJS.ProcessEnv, string]>([
    ["an account that is gone", () => ({ user: randomUUID() }), {}, "account-missing"],
    ["a realm that is gone", () => ({ realm: "no-such-realm" }), {}, "account-missing"],
    ["a password that the realm refuses", () => ({ password: "Short-1" }), {}, "request-refused"],
    ["a wrong administrator", () => ({}), { KEYCLOAK_PASSWORD: "Not-The-Password.1" }, "wrong-password"],
    ["nobody there", () => ({}), { KEYCLOAK_URL: "http://127.0.0.1:9" }, "server-unreachable"],
    ["no address", () => ({}), { KEYCLOAK_URL: "" }, "credentials-missing"],
  ])("%s", async (_what, change, environment, code) => {
    const news = { ...inputs, rotation: "lost-phone", ...change() };
    const failure: unknown = await configure({ ...process.env, ...environment })
      .create(news)
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(failure).toMatchObject({ code, system: "Keycloak" });
    expect(JSON.stringify(failure) + String(failure)).not.toContain(news.password);
    expect((await signIn(own)).said).toBe("in");
  });
});
