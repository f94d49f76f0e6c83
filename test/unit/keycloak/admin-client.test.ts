import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { KeycloakAdmin } from "../../../providers/keycloak/admin-client.ts";
import { keycloakCredentials } from "../../../providers/keycloak/credentials.ts";
import { checkKeycloak } from "../../../providers/keycloak/preflight.ts";
import { Failure } from "../../../report/failure.ts";
import { fakeServer } from "../../support/fake-server.ts";

const password = "pa55-of-the-administrator";
const bearer = "bearer-of-the-administrator";
const credentials = {
  grant: "password",
  clientId: "admin-cli",
  realm: "master",
  username: "root",
  password,
} as const;
const named = z.object({ name: z.string() });

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A Keycloak that grants tokens and gives these answers, one after the other, to everything else. */
async function keycloak(
  answers: readonly Answer[],
  granted: Answer = { status: 200, body: { access_token: bearer, expires_in: 60 } },
) {
  const calls: string[] = [];
  const send = (response: ServerResponse, { status, body, headers = {} }: Answer): void => {
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  };
  const left = [...answers];
  const { url, close } = await fakeServer((request: IncomingMessage, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      calls.push(`${request.method ?? ""} ${request.url ?? ""} ${body}`.trim());
      const answer = request.url?.endsWith("/openid-connect/token") ? granted : left.shift();
      send(response, answer ?? { status: 500, body: "no answer left" });
    });
  });
  stops.push(close);
  return { url, calls, admin: new KeycloakAdmin(url, credentials, { timeout: 2000 }) };
}

/** The failure that this ends with. Whatever it says, it says no secret. */
async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof Failure)) throw new Error(`no Failure, but ${String(failure)}`);
  const said = JSON.stringify([failure.message, failure.fix, failure.stack, failure.cause]);
  expect(said).not.toContain(password);
  expect(said).not.toContain(bearer);
  expect(failure.system).toBe("Keycloak");
  return failure;
}

describe("calls", () => {
  test("sign in once, and read what is there", async () => {
    const { admin, calls } = await keycloak([
      { status: 200, body: { name: "one", more: 1 } },
      { status: 404, body: { error: "Realm not found." } },
      { status: 204 },
    ]);
    expect(await admin.get("/realms/a", named)).toEqual({ name: "one" });
    expect(await admin.get("/realms/b", named)).toBeUndefined();
    await admin.put("/realms/a", { enabled: false });
    expect(calls.map((call) => call.split(" ").slice(0, 2).join(" "))).toEqual([
      "POST /realms/master/protocol/openid-connect/token",
      "GET /admin/realms/a",
      "GET /admin/realms/b",
      "PUT /admin/realms/a",
    ]);
    expect(calls[3]).toContain('{"enabled":false}');
  });

  test("sign in again when the token has run out or is no longer taken", async () => {
    const grown = await keycloak([
      { status: 200, body: { name: "a" } },
      { status: 401 },
      { status: 200, body: { name: "b" } },
    ]);
    await grown.admin.get("/x", named);
    expect(await grown.admin.get("/x", named)).toEqual({ name: "b" });
    const short = await keycloak(
      [
        { status: 200, body: { name: "a" } },
        { status: 200, body: { name: "b" } },
      ],
      { status: 200, body: { access_token: bearer, expires_in: 1 } },
    );
    await short.admin.get("/x", named);
    await short.admin.get("/x", named);
    for (const { calls } of [grown, short]) {
      expect(calls.filter((call) => call.includes("openid-connect/token"))).toHaveLength(2);
    }
  });

  test("at once sign in once", async () => {
    const answer = { status: 200, body: { name: "one" } };
    const { admin, calls } = await keycloak([
      answer,
      answer,
      answer,
      { status: 401 },
      { status: 401 },
      answer,
      answer,
    ]);
    await Promise.all(["/a", "/b", "/c"].map((path) => admin.get(path, named)));
    expect(calls.filter((call) => call.includes("openid-connect/token"))).toHaveLength(1);
    await Promise.all(["/a", "/b"].map((path) => admin.get(path, named)));
    expect(calls.filter((call) => call.includes("openid-connect/token"))).toHaveLength(2);
  });

  test("of a client with a service account name the client", async () => {
    const { url, calls } = await keycloak([{ status: 204 }]);
    const client = {
      grant: "client_credentials",
      clientId: "tenantry",
      realm: "ops",
      clientSecret: "s",
    } as const;
    await new KeycloakAdmin(`${url}/`, client).post("/realms", {});
    expect(calls[0]).toBe(
      "POST /realms/ops/protocol/openid-connect/token grant_type=client_credentials&client_id=tenantry&client_secret=s",
    );
  });

  test("to delete what is gone already are content", async () => {
    const { admin } = await keycloak([{ status: 404 }, { status: 409, body: { errorMessage: "in use" } }]);
    await admin.delete("/realms/a");
    expect(await failureOf(admin.delete("/realms/a"))).toMatchObject({ code: "conflict" });
  });
});

describe("a refusal says the call, the status, what the server says and what to do", () => {
  test.each([
    [{ status: 401, body: "" }, "wrong-password", "GET /admin/realms/a: 401"],
    [
      { status: 403, body: { error: "HTTP 403 Forbidden" } },
      "missing-privilege",
      "GET /admin/realms/a: 403, HTTP 403 Forbidden",
    ],
    [
      { status: 409, body: { errorMessage: "Conflict detected" } },
      "conflict",
      "GET /admin/realms/a: 409, Conflict detected",
    ],
    [{ status: 400, body: { error_description: "bad" } }, "request-refused", "GET /admin/realms/a: 400, bad"],
    [{ status: 500, body: "<html>stack</html>" }, "server-error", "GET /admin/realms/a: 500"],
    [{ status: 302, body: "", headers: { location: "/" } }, "not-keycloak", "GET /admin/realms/a: 302"],
    [
      { status: 200, body: "<html>hello</html>" },
      "not-keycloak",
      "GET /admin/realms/a was not answered as Keycloak answers",
    ],
    [
      { status: 200, body: { other: 1 } },
      "not-keycloak",
      "GET /admin/realms/a was not answered as Keycloak answers",
    ],
  ])("%j: %s", async (answer, code, message) => {
    const { admin } = await keycloak([answer]);
    expect(await failureOf(admin.get("/realms/a", named))).toMatchObject({ code, message });
  });

  test.each([
    [
      { status: 401, body: { error: "invalid_grant", error_description: "Invalid user credentials" } },
      "wrong-password",
    ],
    [{ status: 400, body: { error: "unauthorized_client" } }, "wrong-password"],
    [{ status: 404, body: { error: "Realm does not exist" } }, "not-keycloak"],
    [{ status: 200, body: "welcome" }, "not-keycloak"],
    [{ status: 503, body: "" }, "server-error"],
  ])("at sign-in, %j: %s", async (granted, code) => {
    const { admin } = await keycloak([], granted);
    const failure = await failureOf(admin.signIn());
    expect(failure.code).toBe(code);
    expect(failure.fix).toBeTruthy();
  });
});

describe("a server that is not there", () => {
  test("refuses the connection", async () => {
    const { url, close } = await fakeServer(() => undefined);
    await close();
    expect(await failureOf(new KeycloakAdmin(url, credentials).signIn())).toMatchObject({
      code: "server-unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  test("has no address", async () => {
    const failure = await failureOf(new KeycloakAdmin("http://keycloak.invalid", credentials).signIn());
    expect(failure.code).toBe("server-unreachable");
  });

  test("takes the connection and says nothing", async () => {
    const { url, close } = await fakeServer(() => undefined);
    stops.push(close);
    const failure = await failureOf(new KeycloakAdmin(url, credentials, { timeout: 200 }).signIn());
    expect(failure).toMatchObject({
      code: "server-unreachable",
      message: expect.stringContaining("no answer in time"),
    });
  });

  test("stops in the middle of its answer", async () => {
    const { url, close } = await fakeServer((_request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("{");
      setTimeout(() => response.destroy(), 20);
    });
    stops.push(close);
    expect(await failureOf(new KeycloakAdmin(url, credentials).signIn())).toMatchObject({
      code: "server-unreachable",
    });
  });

  test("speaks no TLS, or not to us", async () => {
    const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    stops.push(() => {
      server.close();
      return Promise.resolve();
    });
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await failureOf(new KeycloakAdmin(url, credentials).signIn())).toMatchObject({
      code: "certificate-untrusted",
    });
  });
});

describe("the check before a run", () => {
  test("asks for a realm that can't be, and is content when only its name is refused", async () => {
    const { admin, calls } = await keycloak([
      { status: 400, body: { errorMessage: "Character '/' not allowed." } },
    ]);
    await checkKeycloak(admin);
    expect(calls[1]).toBe('POST /admin/realms {"realm":"/"}');
  });

  test.each([
    [403, "missing-privilege", "may not create realms"],
    [500, "server-error", "500"],
    [201, "not-keycloak", "accepts what Keycloak refuses"],
  ])("%d: %s", async (status, code, message) => {
    const { admin } = await keycloak([{ status, body: {} }]);
    const failure = await failureOf(checkKeycloak(admin));
    expect(failure).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

describe("the administrator", () => {
  test("is named by the variables of the official plugin", () => {
    expect(keycloakCredentials({ KEYCLOAK_USER: "u", KEYCLOAK_PASSWORD: "p" })).toEqual({
      grant: "password",
      clientId: "admin-cli",
      realm: "master",
      username: "u",
      password: "p",
    });
    expect(
      keycloakCredentials({ KEYCLOAK_CLIENT_ID: "c", KEYCLOAK_CLIENT_SECRET: "s", KEYCLOAK_REALM: "ops" }),
    ).toEqual({ grant: "client_credentials", clientId: "c", clientSecret: "s", realm: "ops" });
  });

  test.each([
    {},
    { KEYCLOAK_USER: "u" },
    { KEYCLOAK_USER: "u", KEYCLOAK_PASSWORD: "" },
    { KEYCLOAK_PASSWORD: "p" },
  ])("is missing in %j", (env) => {
    expect(() => keycloakCredentials(env)).toThrow(expect.objectContaining({ code: "credentials-missing" }));
  });
});
