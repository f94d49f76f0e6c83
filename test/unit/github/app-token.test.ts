import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createVerify, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withAppToken } from "../../../providers/github/app-token.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();

let server: Server;
let folder: string;
let asked: { path: string; jwt: string }[];
let status: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-app-"));
  asked = [];
  status = 201;
  server = createServer((request, response) => {
    asked.push({
      path: request.url ?? "",
      jwt: (request.headers.authorization ?? "").replace("Bearer ", ""),
    });
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 201 ? { token: `ghs_${asked.length}` } : { message: "no" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const environment = (key: string): Record<string, string> => ({
  GITHUB_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  GITHUB_APP_ID: "7",
  GITHUB_APP_INSTALLATION_ID: "42",
  GITHUB_APP_PEM_FILE: key,
});

test("an app's token takes the place of a person's, and is asked for once in a run", async () => {
  const file = join(folder, "app.pem");
  writeFileSync(file, pem);
  const given = { ...environment(file), GITHUB_TOKEN: "ghp_person" };
  expect(await withAppToken(given)).toEqual({ ...given, GITHUB_TOKEN: "ghs_1" });
  expect(await withAppToken(given)).toMatchObject({ GITHUB_TOKEN: "ghs_1" });
  expect(asked.map(({ path }) => path)).toEqual(["/api/v3/app/installations/42/access_tokens"]);
  const [head = "", claims = "", signature = ""] = asked[0]?.jwt.split(".") ?? [];
  const isSigned = createVerify("RSA-SHA256")
    .update(`${head}.${claims}`)
    .verify(publicKey, signature, "base64url");
  expect(isSigned).toBe(true);
  const { iss, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as {
    iss: string;
    exp: number;
  };
  expect(iss).toBe("7");
  expect(exp).toBeLessThan(Date.now() / 1000 + 600);
});

test("the key itself will do, on one line too", async () => {
  expect(await withAppToken(environment(pem.replaceAll("\n", String.raw`\n`)))).toMatchObject({
    GITHUB_TOKEN: "ghs_1",
  });
});

test("without an app, or without GitHub, nothing is asked", async () => {
  const token = { GITHUB_BASE_URL: environment("")["GITHUB_BASE_URL"], GITHUB_TOKEN: "ghp_person" };
  expect(await withAppToken(token)).toBe(token);
  const elsewhere = { GITHUB_APP_ID: "7" };
  expect(await withAppToken(elsewhere)).toBe(elsewhere);
  expect(asked).toEqual([]);
});

test.each([
  ["no key", () => ({ ...environment(pem), GITHUB_APP_PEM_FILE: "" }), "credentials-missing", 201],
  ["a key that isn't there", () => environment("/nowhere.pem"), "credentials-missing", 201],
  ["a key that is none", () => environment("-----BEGIN nothing"), "credentials-missing", 201],
  ["an app that GitHub doesn't know", () => environment(pem), "wrong-token", 401],
])("%s is said", async (_what, given, code, answered) => {
  status = answered;
  const failure = await withAppToken(given()).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code, system: "GitHub" });
  expect(String(failure)).not.toContain("BEGIN");
});
