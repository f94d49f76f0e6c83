import { expect, test } from "@jest/globals";
import { explainGithub } from "../../../providers/github/explain.ts";

const url = "https://api.github.com";

test.each([
  ["wrong-token", `GET ${url}/orgs/big: 401 Bad credentials []`],
  ["rate-limited", `GET ${url}/repos/big/x: 403 API rate limit exceeded for user ID 1. [rate reset in 9m]`],
  ["rate-limited", `POST ${url}/orgs/big/repos: 403 You have exceeded a secondary rate limit. []`],
  [
    "repository-archived",
    `PUT ${url}/repos/big/x/contents/a: 403 Repository was archived so is read-only. []`,
  ],
  [
    "capability-missing",
    `PUT ${url}/repos/big/x/branches/main/protection: 403 Upgrade to GitHub Pro or make this repository public to enable this feature. []`,
  ],
  ["missing-privilege", `POST ${url}/orgs/big/teams: 403 Must have admin rights to Repository. []`],
  ["template-missing", `POST ${url}/repos/big/starter/generate: 404 Not Found []`],
  ["account-missing", `PUT ${url}/organizations/1/team/2/memberships/nobody-at-all: 404 Not Found []`],
  [
    "repository-not-ours",
    `POST ${url}/orgs/big/repos: 422 Repository creation failed. [{Resource:Repository Field:name Code:custom Message:name already exists on this account}]`,
  ],
  [
    "team-not-ours",
    `POST ${url}/orgs/big/teams: 422 Validation Failed [{Resource:Team Field:name Code:already_exists}]`,
  ],
  ["not-found", `PATCH ${url}/repos/big/x/hooks/1: 404 Not Found []`],
  ["request-refused", `PATCH ${url}/repos/big/x: 422 Validation Failed [{Field:description}]`],
  ["server-error", `GET ${url}/repos/big/x: 502 Server Error []`],
  [
    "certificate-untrusted",
    `Get "${url}/orgs/big": tls: failed to verify certificate: x509: unknown authority`,
  ],
  ["server-unreachable", `Get "${url}/orgs/big": dial tcp 127.0.0.1:1: connect: connection refused`],
])("%s: %s", (code, text) => {
  const failure = explainGithub(`error: ${text}`);
  expect(failure).toMatchObject({ code, system: "GitHub", fix: expect.stringMatching(/\w/) });
  expect(failure?.message).not.toContain("[]");
});

test("the account that is missing is named, and what GitHub refuses", () => {
  expect(
    explainGithub(`PUT ${url}/organizations/1/team/2/memberships/nobody: 404 Not Found []`)?.message,
  ).toContain("nobody");
  expect(
    explainGithub(`PATCH ${url}/repos/b/x: 422 Validation Failed [{Field:homepage}]`)?.message,
  ).toContain("homepage");
});

test("what nobody knows is left alone", () => {
  expect(explainGithub("something else")).toBeUndefined();
});
