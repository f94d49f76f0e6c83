import { expect, test } from "@jest/globals";
import { withoutIgnored } from "../../../fleet/drift.ts";
import type { ResourceChange } from "../../../fleet/stack-report.ts";
import { changed } from "./outcomes.ts";

const rule = (
  resource: string,
  attribute: string,
): { resource: string; attribute: string; reason: string } => ({
  resource,
  attribute,
  reason: "because",
});
const limit = { path: "connectionLimit", from: 7, to: 10 };
const owner = { path: "owner", from: "x", to: "acme_owner" };
const database = changed("update", "acme-database", [limit, owner]);

test.each([
  ["by name", rule("acme-database", "connectionLimit")],
  ["with its kind", rule("postgresql Database acme-database", "connectionLimit")],
  ["by a pattern", rule("*database", "connection*")],
])("an attribute is ignored %s, the others are not", (_how, ignored) => {
  expect(withoutIgnored([database], [ignored])).toEqual({
    changes: [{ ...database, properties: [owner] }],
    ignored: 1,
  });
});

test("a resource of which everything is ignored hasn't drifted", () => {
  expect(withoutIgnored([database], [rule("*", "owner"), rule("acme-*", "connectionLimit")])).toEqual({
    changes: [],
    ignored: 2,
  });
});

test.each([
  ["another resource", rule("acme-data", "*")],
  ["another attribute", rule("acme-database", "connection")],
  ["a pattern's characters stand for themselves", rule("acme.database", "*")],
])("%s is not ignored", (_what, other) => {
  expect(withoutIgnored([database], [other])).toEqual({ changes: [database], ignored: 0 });
});

test("an attribute is ignored with all that is below it, and no other that begins like it", () => {
  const realm = changed("update", "acme-realm", [
    { path: "security.headers.frame", from: 1, to: 2 },
    { path: "security[0]", from: 1, to: 2 },
    { path: "securityLevel", from: 1, to: 2 },
  ]);
  const { changes } = withoutIgnored([realm], [rule("acme-realm", "security")]);
  expect(changes[0]?.properties.map(({ path }) => path)).toEqual(["securityLevel"]);
});

test.each<ResourceChange["change"]>(["create", "delete"])(
  "what is missing or too much can't be ignored: %s",
  (change) => {
    const gone = changed(change, "acme-database");
    expect(withoutIgnored([gone], [rule("*", "*")]).changes).toEqual([gone]);
  },
);

test("an update without any named attribute is still one", () => {
  const vague = changed("update", "acme-database");
  expect(withoutIgnored([vague], [rule("*", "*")]).changes).toEqual([vague]);
});
