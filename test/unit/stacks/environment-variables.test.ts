import { expect, test } from "@jest/globals";
import { addressVariables, strayAddresses } from "../../../stacks/environment-variables.ts";
import type { Environment } from "../../../stacks/environment.ts";

const environment: Environment = {
  postgres: { host: "db", port: 5432, sslmode: "verify-full", database: "postgres" },
  keycloak: { url: "https://sso.example" },
  mattermost: { url: "https://chat.example" },
  coder: "none",
};
const right = Object.fromEntries(
  Object.entries(addressVariables(environment)).filter(([, value]) => value !== undefined),
);

test("a shell that is set for an environment leads nowhere else", () => {
  expect(strayAddresses(environment, { ...right, CODER_URL: "", HOME: "/root" })).toEqual([]);
});

test.each([
  ["another address", { MATTERMOST_URL: "https://other.example" }, ["MATTERMOST_URL"]],
  ["none at all", { KEYCLOAK_URL: undefined }, ["KEYCLOAK_URL"]],
  ["less protection", { PGSSLMODE: "disable" }, ["PGSSLMODE"]],
  ["a system that the environment does without", { CODER_URL: "https://coder.example" }, ["CODER_URL"]],
  [
    "a system that its file doesn't speak of",
    { SMTP_HOST: "smtp", SMTP_PORT: "25" },
    ["SMTP_HOST", "SMTP_PORT"],
  ],
])("%s is found", (_what, given, stray) => {
  expect(strayAddresses(environment, { ...right, ...given })).toEqual(stray);
});
