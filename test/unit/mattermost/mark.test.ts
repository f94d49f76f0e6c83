import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { markOf, tenantOf, withMark, withoutMark } from "../../../providers/mattermost/mark.ts";
import { requireOurs } from "../../../providers/mattermost/not-ours.ts";

const tenant = fc.stringMatching(/^[a-z][a-z0-9-]{1,30}$/);

describe("a mark behind a description", () => {
  test("comes off again, whatever the description is", () => {
    fc.assert(
      fc.property(fc.string(), tenant, (description, id) => {
        const mark = markOf(id);
        expect(withoutMark(withMark(description, mark))).toEqual({ description, mark });
      }),
    );
  });

  test.each(["", "From the monitoring", "about tenantry: tenant acme", "(tenantry: tenant acme) and more"])(
    "is none in: %s",
    (text) => {
      expect(withoutMark(text)).toEqual({ description: text, mark: "" });
    },
  );

  test("names its tenant", () => {
    expect([tenantOf(markOf("acme")), tenantOf("acme"), tenantOf("")]).toEqual([
      "acme",
      undefined,
      undefined,
    ]);
  });
});

describe("what exists already", () => {
  const mark = markOf("acme");
  const check = (found: string, adopt: boolean): string => {
    try {
      requireOurs({ thing: "team", name: "acme", found, mark, adopt });
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
