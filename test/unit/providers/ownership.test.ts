import { describe, expect, test } from "@jest/globals";
import { markOf, requireOurs, tenantOf } from "../../../providers/ownership.ts";

test("a mark names its tenant", () => {
  expect([tenantOf(markOf("acme")), tenantOf("acme"), tenantOf("")]).toEqual(["acme", undefined, undefined]);
});

describe("what exists already", () => {
  const mark = markOf("acme");
  const check = (found: string, adopt: boolean): string => {
    try {
      requireOurs({ system: "Mattermost", thing: "team", name: "acme", found, mark, adopt });
      return "ours";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test.each([
    [mark, false, "ours"],
    [mark, true, "ours"],
    ["", false, "team-not-ours"],
    ["", true, "ours"],
    ["Acme Corporation", true, "ours"],
    [markOf("acme-eu"), false, "team-not-ours"],
    [markOf("acme-eu"), true, "team-not-ours"],
  ])("marked %j with adopt %j: %s", (found, adopt, result) => {
    expect(check(found, adopt)).toBe(result);
  });
});
