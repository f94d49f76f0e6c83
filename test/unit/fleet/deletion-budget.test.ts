import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { overBudget } from "../../../fleet/deletion-budget.ts";
import { onlyAdds } from "../../../fleet/only-adds.ts";
import type { TenantOutcome } from "../../../fleet/fleet-report.ts";
import { changed, outcome, problem } from "./outcomes.ts";

const losing = (tenant: string, deletes: number, unchanged = 20): TenantOutcome =>
  outcome(tenant, {
    unchanged,
    changes: Array.from({ length: deletes }, (_, index) => changed("delete", `${tenant}-${index}`)),
  });
const stops = (previews: readonly TenantOutcome[], maximum?: number): string[] => [
  ...overBudget(previews, maximum).keys(),
];

describe("a budget of deletes", () => {
  test.each([
    ["10 of a small tenant", [losing("a", 10)], []],
    ["11 of a small tenant", [losing("a", 11)], ["a"]],
    ["a fifth of a large one", [losing("a", 40, 160)], []],
    ["one more", [losing("a", 41, 160)], ["a"]],
    ["10 of several tenants together", [losing("a", 5), losing("b", 5), losing("c", 0)], []],
    ["11 of several tenants together", [losing("a", 5), losing("b", 6), losing("c", 0)], ["a", "b"]],
    [
      "two of each of 100",
      Array.from({ length: 100 }, (_, i) => losing(`t${i}`, 2)),
      Array.from({ length: 100 }, (_, i) => `t${i}`),
    ],
    ["a fifth of one that loses nothing counts nothing", [losing("a", 11), losing("big", 0, 900)], ["a"]],
  ])("%s", (_what, previews, stopped) => {
    expect(stops(previews)).toEqual(stopped);
  });

  test("a number that is said is the only one that counts", () => {
    expect(stops([losing("a", 40, 960)], 39)).toEqual(["a"]);
    expect(stops([losing("a", 11)], 11)).toEqual([]);
    expect(stops([losing("a", 1)], 0)).toEqual(["a"]);
  });

  test("says what would go, how much that is, and how to say that it may", () => {
    expect(overBudget([losing("a", 9), losing("b", 2)], undefined).get("b")).toMatchObject([
      {
        code: "too-many-deletes",
        message:
          "the run would delete 11 resources, 2 of them here; it may delete 10: postgresql Database b-0, postgresql Database b-1",
        fix: expect.stringContaining("--max-deletes 11"),
      },
    ]);
    expect(overBudget([losing("a", 11)], undefined).get("a")?.[0]?.message).toMatch(
      /11 resources; .* and 8 more$/,
    );
  });

  test("updates and replacements in place aren't deletes", () => {
    const changes = Array.from({ length: 30 }, (_, index) => changed("update", String(index)));
    expect(stops([outcome("a", { changes })], 0)).toEqual([]);
  });

  test("what is protected is never within any budget", () => {
    const engine = problem("engine", {
      message:
        "resource urn:pulumi:prod.a::tenantry::keycloak:index/realm:Realm::a-realm cannot be deleted\nbecause it is protected. To unprotect the resource, …",
    });
    const preview = outcome("a", { result: "failed", problems: [engine, problem("role-missing")] });
    expect(overBudget([preview], 1000).get("a")).toMatchObject([
      { code: "protected", fix: expect.any(String) },
    ]);
  });

  test("that a preview failed otherwise stops nobody else", () => {
    expect(stops([outcome("a", { result: "failed", problems: [problem("server-unreachable")] })])).toEqual(
      [],
    );
  });
});

describe("whether a change can only add", () => {
  test.each([
    ["nothing", { users: [{ a: 1 }], limit: 3 }, { users: [{ a: 1 }], limit: 3 }, true],
    ["a person more", { users: [{ a: 1 }] }, { users: [{ a: 2 }, { a: 1 }] }, true],
    ["a person less", { users: [{ a: 1 }, { a: 2 }] }, { users: [{ a: 1 }] }, false],
    ["another person instead", { users: [{ a: 1 }] }, { users: [{ a: 2 }] }, false],
    ["a person who changed", { users: [{ a: 1, teams: [] }] }, { users: [{ a: 1, teams: ["x"] }] }, false],
    ["one of two who were alike", { users: [1, 1] }, { users: [1] }, false],
    ["another value", { limit: 3 }, { limit: 4 }, false],
    ["a toggle that wasn't said before", { services: {} }, { services: { database: false } }, false],
    ["a section less", { portal: {}, users: [] }, { users: [] }, false],
    ["a map for a list", { users: [] }, { users: {} }, false],
  ])("%s", (_what, before, after, adds) => {
    expect(onlyAdds(before, after)).toBe(adds);
  });

  test("a value adds nothing to itself, and whatever was in a list still is", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => onlyAdds(value, value)));
    const lists = fc.array(fc.jsonValue());
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        if (onlyAdds({ list: before }, { list: after }))
          for (const each of before) expect(after).toContainEqual(each);
      }),
    );
  });
});
