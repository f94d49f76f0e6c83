import { expect, test } from "@jest/globals";
import { describePermission, permissionNames, unitsOf } from "../../../providers/gitea/team-units.ts";

test.each(["read", "write"])("%s everywhere is just that", (permission) => {
  expect(permissionNames.test(permission)).toBe(true);
  // Gitea keeps such a team's rights in its units only.
  expect(describePermission({ permission: "none", units_map: unitsOf(permission) })).toBe(permission);
});

test.each(["admin", "owner"])("%s needs no units", (permission) => {
  expect(describePermission({ permission, units_map: {} })).toBe(permission);
});

test.each([
  ["one part more", { ...unitsOf("read"), "repo.wiki": "write" }, "repo.wiki: write"],
  ["one part less", { ...unitsOf("write"), "repo.actions": "none" }, "repo.actions: none"],
  ["no parts", {}, "repo.code: none"],
])("%s is said part by part, and is no permission to declare", (_what, units, said) => {
  const described = describePermission({ permission: "none", units_map: units });
  expect(described.split(", ")).toContain(said);
  expect(permissionNames.test(described)).toBe(false);
});

test("links elsewhere are only ever read", () => {
  expect(unitsOf("write")).toMatchObject({ "repo.ext_wiki": "read", "repo.ext_issues": "read" });
});
