import { expect, test } from "@jest/globals";
import { loadTenant } from "../../../schema/load-tenant.ts";
import { problemLine } from "../../../schema/print-problems.ts";
import { waiverRules } from "../../../schema/rules/waiver-rules.ts";
import { head } from "./smallest-file.ts";
import { tenantsFolder } from "./tenants-folder.ts";

/** What is wrong with a file with this waiver in its lines 6 and 7. */
function problems(waiver: string): string[] {
  const result = loadTenant(tenantsFolder({ "acme.yaml": `${head}waivers:\n  - ${waiver}\n` }), "acme");
  return result.valid ? [] : result.problems.map(problemLine);
}

test.each([
  ["a whole waiver", "{ policy: realm-ssl, resource: acme-realm, reason: agreed, until: 2090-12-31 }", []],
  ["one for every resource", "{ policy: realm-ssl, reason: agreed, until: 2090-12-31 }", []],
  [
    "a policy that isn't",
    "{ policy: realm-sll, reason: agreed, until: 2090-12-31 }",
    [
      expect.stringMatching(
        /:7:15 waivers\[0\]\.policy: "realm-sll" is not a policy; .*did you mean realm-ssl\?/,
      ),
    ],
  ],
  [
    "no reason and no end",
    "{ policy: realm-ssl }",
    [
      "tenants/acme.yaml:7:5 waivers[0].reason: is required",
      "tenants/acme.yaml:7:5 waivers[0].until: is required",
    ],
  ],
  [
    "an end that is over",
    "{ policy: realm-ssl, reason: agreed, until: 2020-02-29 }",
    [
      "tenants/acme.yaml:7:49 waivers[0].until: this waiver was over on 2020-02-29: remove it, or say until when it goes on",
    ],
  ],
  [
    "an end that is no day",
    "{ policy: realm-ssl, reason: agreed, until: 2090-02-30 }",
    [expect.stringContaining('7:49 waivers[0].until: "2090-02-30" is not a date as YYYY-MM-DD')],
  ],
  [
    "the same waiver twice",
    "{ policy: realm-ssl, reason: a, until: 2090-12-31 }\n  - { policy: realm-ssl, reason: b, until: 2091-12-31 }",
    [expect.stringContaining('8:15 waivers[1].policy: "realm-ssl" is there twice')],
  ],
  [
    "two of one policy for two resources",
    "{ policy: realm-ssl, resource: a, reason: a, until: 2090-12-31 }\n  - { policy: realm-ssl, resource: b, reason: a, until: 2090-12-31 }",
    [],
  ],
])("%s", (_name, waiver, found) => {
  expect(problems(waiver)).toEqual(found);
});

test("a waiver holds through its last day", () => {
  const waivers = [{ policy: "realm-ssl", resource: undefined, until: "2026-11-21" }];
  expect(waiverRules({ waivers }, "2026-11-21")).toEqual([]);
  expect(waiverRules({ waivers }, "2026-11-22").map(({ code, path }) => ({ code, path }))).toEqual([
    { code: "waiver-over", path: ["waivers", 0, "until"] },
  ]);
});

test("plans and defaults waive nothing", () => {
  const folder = tenantsFolder({
    "acme.yaml": head,
    "defaults.yaml": "waivers: [{ policy: realm-ssl, reason: all, until: 2090-12-31 }]\n",
  });
  const result = loadTenant(folder, "acme");
  expect(result.valid ? [] : result.problems.map(problemLine)).toEqual([
    expect.stringMatching(/defaults\.yaml:1:1 waivers: unknown key/),
  ]);
});
