import { expect, test } from "@jest/globals";
import { explainTfe } from "../../../providers/tfe/explain.ts";

/** As the plugin words what Terraform Cloud's own provider says. */
const taken = "invalid attribute\n\nName has already been taken";

test.each([
  [`Error creating team acme-auditors for organization org: ${taken}`, "name-taken", /team acme-auditors/],
  [`Error creating project: ${taken}`, "name-taken", /project/],
  [
    "Error creating variable: Couldn't create env variable TOKEN: Key has already been taken",
    "name-taken",
    /./,
  ],
  ["Error creating workspace acme-dev for organization org: unauthorized", "wrong-token", /token/],
  ["Error creating workspace acme-dev for organization org: forbidden", "missing-privilege", /may not/],
  ["Error reading team team-1: resource not found", "not-found", /isn't/],
  [
    "Error creating team a for organization o: missing entitlements to create teams",
    "capability-missing",
    /plan/,
  ],
  [
    "error deleting workspace ws-1: This workspace has 3 resources under management and must be force deleted by setting force_delete = true",
    "workspace-in-use",
    /3 resources/,
  ],
  ["Error updating workspace ws-1: too many requests", "rate-limited", /30 calls/],
  ["Error updating workspace ws-1: internal server error", "server-error", /failed/],
  ["PATCH https://h/api/v2/x giving up after 6 attempt(s): EOF", "server-unreachable", /does not answer/],
  ["failed to create client: dial tcp 127.0.0.1:9: connect: connection refused", "server-unreachable", /./],
  ["tls: failed to verify certificate: x509: unknown authority", "certificate-untrusted", /certificate/],
  [
    "Error creating workspace w: invalid attribute\n\nTerraform version is invalid",
    "request-refused",
    /version is invalid/,
  ],
])("%s", (text, code, message) => {
  const failure = explainTfe(text);
  expect(failure).toMatchObject({ code, system: "Terraform Cloud" });
  expect(failure?.message).toMatch(message);
  expect(failure?.fix).toMatch(/\w/);
});

test("what nobody knows is left as it is", () => {
  expect(explainTfe("something else")).toBeUndefined();
});
