import { expect, test } from "@jest/globals";
import { groupAlike } from "../../../fleet/alike.ts";
import type { TenantOutcome } from "../../../fleet/fleet-report.ts";
import { changed, outcome } from "./outcomes.ts";

const limit = (tenant: string, to: number): TenantOutcome =>
  outcome(tenant, {
    changes: [
      changed("update", `${tenant}-database`, [{ path: "connectionLimit", from: 10, to }]),
      changed("create", `${tenant}_x`, [
        { path: `roles["${tenant}_auditor"]`, from: undefined, to: [`${tenant}-x`] },
      ]),
    ],
  });

test("identical changes are one group, whatever the tenants are called; the largest first", () => {
  const groups = groupAlike([
    limit("a1", 20),
    outcome("idle"),
    limit("acme", 30),
    limit("globex", 30),
    limit("b2-x", 30),
  ]);
  expect(groups.map(({ tenants }) => tenants)).toEqual([["acme", "globex", "b2-x"], ["a1"]]);
  expect(groups[0]?.changes).toEqual([
    {
      change: "update",
      type: "postgresql:index/database:Database",
      name: "<tenant>-database",
      properties: [{ path: "connectionLimit", from: 10, to: 30 }],
    },
    {
      change: "create",
      type: "postgresql:index/database:Database",
      name: "<tenant>_x",
      properties: [{ path: 'roles["<tenant>_auditor"]', from: undefined, to: ["<tenant>-x"] }],
    },
  ]);
});

test("a tenant's id inside another word is no tenant's id", () => {
  const word = outcome("eu", { changes: [changed("update", "neu-eu-europe")] });
  expect(groupAlike([word])[0]?.changes[0]?.name).toBe("neu-eu-europe");
  expect(
    groupAlike([outcome("eu", { changes: [changed("update", "eu_europe")] })])[0]?.changes[0]?.name,
  ).toBe("<tenant>_europe");
});

test("the order in which the engine came to them makes no difference", () => {
  const one = limit("acme", 5);
  const other = limit("globex", 5);
  expect(groupAlike([one, { ...other, changes: [...other.changes].reverse() }])).toHaveLength(1);
});
