import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { stripVTControlCharacters } from "node:util";
import { printAccess } from "../../../cli/print-access.ts";

let printed: string[] = [];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, "log").mockImplementation((line = "") => {
    printed.push(stripVTControlCharacters(String(line)));
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

test("what people look for comes first, in the same order for everybody", () => {
  printAccess({
    people: {
      ada: {
        collaboration: { oneTimePassword: "[secret]", url: "https://chat.example", username: "acme_ada" },
      },
    },
    crm: { url: "https://crm.example" },
    identity: { issuer: "https://sso.example/realms/acme" },
  });
  expect(printed).toEqual([
    "identity",
    "  issuer                     https://sso.example/realms/acme",
    "",
    "crm",
    "  url                        https://crm.example",
    "",
    "people",
    "  ada",
    "    collaboration",
    "      username               acme_ada",
    "      oneTimePassword        [secret]",
    "      url                    https://chat.example",
  ]);
});

test("a group without anything in it says so", () => {
  printAccess({ collaboration: { url: "https://chat.example", bots: {}, webhooks: {} } });
  expect(printed.slice(2)).toEqual([
    "  bots                       none",
    "  webhooks                   none",
  ]);
});

test("long keys don't run into their values", () => {
  const key = "ci.build.acme.example-3f2a9c1d";
  printAccess({ webhookSecrets: { [key]: "[secret]" } });
  expect(printed[1]).toBe(`  ${key} [secret]`);
});

test("a value that is too long for the terminal stays in one piece", () => {
  const url = `https://chat.example/hooks/${"x".repeat(60)}`;
  printAccess({ webhooks: { alerts: url, short: "https://x.example" } }, 60);
  expect(printed).toEqual([
    "webhooks",
    "  alerts",
    `    ${url}`,
    "  short                      https://x.example",
  ]);
  printed = [];
  printAccess({ webhooks: { alerts: url } }, undefined);
  expect(printed).toEqual(["webhooks", `  alerts                     ${url}`]);
});
