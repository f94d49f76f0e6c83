import { expect, test } from "@jest/globals";
import { explainKeycloak } from "../../../providers/keycloak/explain.ts";

const call = "error sending POST request to";

test.each([
  [
    `${call} /admin/realms: 409 Conflict. Response body: {"errorMessage":"Realm acme already exists"}: provider=keycloak@6.13.0`,
    "realm-not-ours",
  ],
  [`${call} /auth/admin/realms: 409 Conflict.`, "realm-not-ours"],
  [
    `${call} /admin/realms/acme/groups: 409 Conflict. Response body: {"errorMessage":"exists"}`,
    "account-not-ours",
  ],
  [
    `${call} /admin/realms/acme/users: 409 Conflict. Response body: {"errorMessage":"User exists with same username"}`,
    "account-not-ours",
  ],
  [
    `${call} /admin/realms/acme/users: 409 Conflict. Response body: {"errorMessage":"User exists with same email"}`,
    "email-taken",
  ],
  [`${call} /admin/realms/acme/identity-provider/instances: 409 Conflict.`, "account-not-ours"],
  [
    `${call} /admin/realms/acme/users: 400 Bad Request. Response body: {"field":"email","errorMessage":"error-pattern-no-match"}`,
    "email-not-allowed",
  ],
  [
    `error initializing keycloak provider: failed to perform initial login to Keycloak: ${call} http://k/realms/master/protocol/openid-connect/token: 401 Unauthorized`,
    "wrong-password",
  ],
  [
    `failed to perform initial login to Keycloak: ${call} http://k/realms/master/protocol/openid-connect/token: 404 Not Found`,
    "not-keycloak",
  ],
  ["error sending PUT request to /admin/realms/acme: 403 Forbidden.", "missing-privilege"],
  [
    'Post "https://k/realms/master": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    "certificate-untrusted",
  ],
  [
    'failed to perform initial login to Keycloak: Post "http://127.0.0.1:28400/realms/master/protocol/openid-connect/token": dial tcp 127.0.0.1:28400: connect: connection refused',
    "server-unreachable",
  ],
  ['Get "http://k/": dial tcp: lookup k: no such host', "server-unreachable"],
  ['Put "http://k/admin/realms/acme": EOF', "server-unreachable"],
  ['Get "http://k/": read tcp 10.0.0.1:2->10.0.0.2:80: read: connection reset by peer', "server-unreachable"],
  [
    'Get "http://k/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    "server-unreachable",
  ],
])("%s: %s", (text, code) => {
  expect(explainKeycloak(text)).toMatchObject({ code, system: "Keycloak", fix: expect.stringMatching(/\w/) });
});

test("what it doesn't know it doesn't explain", () => {
  expect(
    explainKeycloak("error sending POST request to /admin/realms/acme/roles: 500 Internal Server Error."),
  ).toBeUndefined();
  expect(explainKeycloak("")).toBeUndefined();
});

test("names the realm and the thing", () => {
  expect(explainKeycloak(`${call} /admin/realms/acme/groups: 409 Conflict.`)?.message).toBe(
    "realm acme has a group of that name already, and it is not ours",
  );
});
