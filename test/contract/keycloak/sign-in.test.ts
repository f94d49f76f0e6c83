import { createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import type { IdentityArgs } from "../../../components/identity.ts";
import { IdentityStack } from "../../support/identity-stack.ts";
import { keycloakServer } from "../../support/keycloak-server.ts";
import { Browser, claims, token, type Application, type Tokens } from "../../support/sign-in.ts";

const { url, admin } = keycloakServer();
const redirectUri = "https://portal.sign.example/callback";
const name = { firstName: "First", lastName: "Last" };
const ada = { ...name, username: "ada", email: "ada@sign.example", role: "tenant_admin" } as const;
const bob = { ...name, username: "bob", email: "bob@sign.example", role: "developer" } as const;
const cy = { ...name, username: "cyd", email: "cy@sign.example", role: "auditor" } as const;
const declared: IdentityArgs = {
  url,
  protectRealm: false,
  allowedEmailDomains: ["sign.example"],
  teams: [{ id: "platform" }, { id: "qa" }],
  people: [{ ...ada, teams: ["platform", "qa"] }, { ...bob, teams: ["qa"] }, cy],
  portal: { redirectUris: [redirectUri] },
  clients: [{ id: "spa", type: "public", redirectUris: ["https://spa.sign.example/*"] }],
  today: "2026-06-15",
};

interface Outputs {
  readonly issuer: string;
  readonly portal: { readonly clientId: string; readonly clientSecret: string };
  readonly people: Readonly<Record<string, { readonly username: string; readonly oneTimePassword: string }>>;
}

const [one, other] = [new IdentityStack("sign-one"), new IdentityStack("sign-two")];
const chosen = "Correct-horse-battery-9";
let portal: Application;
let elsewhere: Application;
let people: Outputs["people"];

beforeAll(async () => {
  for (const stack of [one, other]) {
    await admin.delete(`/realms/${stack.name}`);
    await stack.up(declared);
  }
  const [mine, theirs] = [await one.outputs<Outputs>(), await other.outputs<Outputs>()];
  portal = { issuer: mine.issuer, ...mine.portal, redirectUri };
  elsewhere = { issuer: theirs.issuer, ...theirs.portal, redirectUri };
  people = mine.people;
});
afterAll(async () => {
  await one.destroy();
  await other.destroy();
  expect(await admin.get("/realms/sign-one", z.unknown())).toBeUndefined();
});

/** Signs in for the first time: uses up the one-time password. */
async function firstSignIn(username: string, password = chosen): Promise<Tokens> {
  const browser = new Browser();
  await browser.open(portal);
  const page = await browser.submit({ username, password: people[username]?.oneTimePassword ?? "" });
  expect(page).toContain("You need to change your password");
  return browser.tokens(
    portal,
    await browser.submit({ "password-new": password, "password-confirm": password }),
  );
}

const refresh = (application: Application, { refresh_token }: Tokens) =>
  token(application, { grant_type: "refresh_token", refresh_token });
const userInfo = (issuer: string, { access_token }: Tokens) =>
  fetch(`${issuer}/protocol/openid-connect/userinfo`, {
    headers: { authorization: `Bearer ${access_token}` },
  });

describe("a person", () => {
  let tokens: Tokens;
  beforeAll(async () => {
    tokens = await firstSignIn("ada");
  });

  test("has to choose a password at the first sign-in, and the one-time password is gone", async () => {
    const browser = new Browser();
    await browser.open(portal);
    const page = await browser.submit({ username: "ada", password: people["ada"]?.oneTimePassword ?? "" });
    expect(page).toContain("Invalid username or password");
    expect(claims((await new Browser().signIn(portal, "ada", chosen)).id_token)).toMatchObject({
      preferred_username: "ada",
    });
  });

  test("signs in with the e-mail address, too", async () => {
    expect(claims((await new Browser().signIn(portal, "ada@sign.example", chosen)).id_token)["sub"]).toBe(
      claims(tokens.id_token)["sub"],
    );
  });

  test("has the role and the teams in every token, by name", async () => {
    const access = claims(tokens.access_token);
    expect(access).toMatchObject({
      groups: expect.arrayContaining(["platform", "qa"]),
      email_verified: true,
    });
    expect(access["realm_access"]).toEqual({ roles: expect.arrayContaining(["tenant_admin"]) });
    expect(JSON.stringify(access)).not.toMatch(/application_manager|developer|auditor|offline_access/);
    for (const { groups } of [access, claims(tokens.id_token)]) {
      expect([groups].flat().sort()).toEqual(["platform", "qa"]);
    }
    expect(await (await userInfo(portal.issuer, tokens)).json()).toMatchObject({ email: "ada@sign.example" });
  });

  test("stays signed in as long as declared, and a refresh token works once", async () => {
    const access = claims(tokens.access_token);
    expect(Number(access["exp"]) - Number(access["iat"])).toBe(300);
    const first = await new Browser().signIn(portal, "ada", chosen);
    expect((await refresh(portal, first)).status).toBe(200);
    expect((await refresh(portal, first)).status).toBe(400);
  });

  test("that chose a password keeps it when the file changes and the next up comes", async () => {
    const changed = {
      ...declared,
      people: [{ ...ada, lastName: "Other", teams: ["platform", "qa"] }, { ...bob, teams: ["qa"] }, cy],
    };
    await one.repair(changed);
    expect(claims((await new Browser().signIn(portal, "ada", chosen)).id_token)["family_name"]).toBe("Other");
    expect(await one.preview(changed, "refresh")).toEqual([]);
  });

  test("can't choose a weak password", async () => {
    const browser = new Browser();
    await browser.open(portal);
    await browser.submit({ username: "bob", password: people["bob"]?.oneTimePassword ?? "" });
    for (const weak of ["short-9", "xxx-bob-xxxxxxx", "bob@sign.example"]) {
      const page = await browser.submit({ "password-new": weak, "password-confirm": weak });
      expect(page).toContain("Invalid password");
    }
  });

  test("is locked out for a while after five wrong passwords", async () => {
    const cyd = people["cyd"]?.oneTimePassword ?? "";
    const tryOnce = async (password: string): Promise<string> => {
      const browser = new Browser();
      await browser.open(portal);
      return browser.submit({ username: "cyd", password });
    };
    for (let attempt = 1; attempt <= 5; attempt += 1)
      expect(await tryOnce("wrong")).toContain("Invalid username");
    expect(await tryOnce(cyd)).toContain("Invalid username or password");
  });
});

describe("an application", () => {
  const callback = (answer: string): URLSearchParams => new URL(answer).searchParams;

  test("gets no code without PKCE, nor with a plain challenge", async () => {
    for (const change of [
      { code_challenge: null, code_challenge_method: null },
      { code_challenge: "a".repeat(43), code_challenge_method: "plain" },
    ]) {
      expect(callback(await new Browser().open(portal, change)).get("error")).toBe("invalid_request");
    }
  });

  test("gets nothing by the implicit flow", async () => {
    const answer = await new Browser().open(portal, { response_type: "token", nonce: "nonce" });
    expect(new URL(answer.replace("#", "?")).searchParams.get("error")).toBe("unauthorized_client");
  });

  test("gets nothing by a person's password, nor in its own name", async () => {
    const password = { grant_type: "password", username: "ada", password: chosen };
    expect((await token(portal, password)).status).toBe(400);
    expect((await token(portal, { grant_type: "client_credentials" })).status).toBe(401);
  });

  test("is called back at declared addresses only", async () => {
    for (const redirect_uri of [
      "https://evil.example/callback",
      "https://portal.sign.example/callback/more",
      "https://portal.sign.example.evil.example/callback",
      "http://portal.sign.example/callback",
    ]) {
      expect(await new Browser().open(portal, { redirect_uri })).toContain("Invalid parameter: redirect_uri");
    }
  });

  test("needs its secret", async () => {
    const browser = new Browser();
    await browser.open(portal);
    const answer = await browser.submit({ username: "ada", password: chosen });
    const { issuer, clientId } = portal;
    const without = { issuer, clientId, redirectUri };
    await expect(browser.tokens(without, answer)).rejects.toThrow("unauthorized_client");
  });
});

test("only addresses of the allowed domains can be accounts, whoever makes them", async () => {
  const account = {
    username: "mal",
    email: "mal@evil.example",
    firstName: "M",
    lastName: "L",
    enabled: true,
  };
  const users = `/realms/${one.name}/users`;
  for (const email of [
    "mal@evil.example",
    "mal@sign.example.evil.example",
    "mal@sub.sign.example",
    "mal@signXexample",
  ])
    await expect(admin.post(users, { ...account, email })).rejects.toMatchObject({ code: "request-refused" });
});

describe("a token of one tenant's realm is worth nothing in another's", () => {
  let tokens: Tokens;
  beforeAll(async () => {
    tokens = await new Browser().signIn(portal, "ada", chosen);
  });

  test("not for user info, not for a refresh, not for introspection", async () => {
    expect((await userInfo(portal.issuer, tokens)).status).toBe(200);
    expect((await userInfo(elsewhere.issuer, tokens)).status).toBe(401);
    expect((await refresh(elsewhere, tokens)).status).toBe(400);
    const introspect = async ({ issuer, clientId, clientSecret = "" }: Application): Promise<unknown> => {
      const body = new URLSearchParams({
        token: tokens.access_token,
        client_id: clientId,
        client_secret: clientSecret,
      });
      const answer = await fetch(`${issuer}/protocol/openid-connect/token/introspect`, {
        method: "POST",
        body,
      });
      return answer.json();
    };
    expect(await introspect(portal)).toMatchObject({ active: true });
    expect(await introspect(elsewhere)).toMatchObject({ active: false });
  });

  test("its signature is by keys that the other realm doesn't have", async () => {
    const [header = "", payload = "", signature = ""] = tokens.access_token.split(".");
    const shape = z.object({ keys: z.array(z.looseObject({ use: z.string(), kty: z.string() })) });
    const valid = async (issuer: string): Promise<boolean[]> => {
      const { keys } = shape.parse(await (await fetch(`${issuer}/protocol/openid-connect/certs`)).json());
      return keys
        .filter(({ use }) => use === "sig")
        .map((key) =>
          verify(
            "RSA-SHA256",
            Buffer.from(`${header}.${payload}`),
            createPublicKey({ key, format: "jwk" }),
            Buffer.from(signature, "base64url"),
          ),
        );
    };
    expect(await valid(portal.issuer)).toContain(true);
    expect(await valid(elsewhere.issuer)).not.toContain(true);
  });
});

describe("access ends", () => {
  let adas: Tokens;
  let bobs: Tokens;
  beforeAll(async () => {
    adas = await new Browser().signIn(portal, "ada", chosen);
    bobs = await firstSignIn("bob");
  });

  test("for a person whose last day is over, and nobody else", async () => {
    const people = [
      { ...ada, teams: ["platform", "qa"] },
      { ...bob, teams: ["qa"], expires: "2026-06-14" },
      cy,
    ];
    // Looks at the server first: an account's state is as old as the last look, and bob has since changed his password.
    await one.repair({ ...declared, people });
    expect((await refresh(portal, bobs)).status).toBe(400);
    expect((await userInfo(portal.issuer, bobs)).status).toBe(401);
    await expect(new Browser().signIn(portal, "bob", chosen)).rejects.toThrow("Account is disabled");
    expect((await userInfo(portal.issuer, adas)).status).toBe(200);
  });

  test("not yet on the last day itself", async () => {
    const people = [
      { ...ada, teams: ["platform", "qa"] },
      { ...bob, teams: ["qa"], expires: "2026-06-15" },
      cy,
    ];
    await one.repair({ ...declared, people });
    bobs = await new Browser().signIn(portal, "bob", chosen);
  });

  test("for a person who is removed from the file, and nobody else", async () => {
    await one.repair({ ...declared, people: [{ ...ada, teams: ["platform", "qa"] }, cy] });
    expect((await refresh(portal, bobs)).status).toBe(400);
    expect((await userInfo(portal.issuer, bobs)).status).toBe(401);
    await expect(new Browser().signIn(portal, "bob", chosen)).rejects.toThrow("Invalid username or password");
    expect((await userInfo(portal.issuer, adas)).status).toBe(200);
    expect((await refresh(portal, adas)).status).toBe(200);
  });

  test("for everybody when the tenant is suspended, and comes back", async () => {
    const people = [{ ...ada, teams: ["platform", "qa"] }, cy];
    const before = await new Browser().signIn(portal, "ada", chosen);
    await one.up({ ...declared, people, enabled: false });
    expect((await refresh(portal, before)).ok).toBe(false);
    expect(await new Browser().open(portal)).toContain("Realm not enabled");
    await one.up({ ...declared, people });
    expect((await userInfo(portal.issuer, await new Browser().signIn(portal, "ada", chosen))).status).toBe(
      200,
    );
  });
});
