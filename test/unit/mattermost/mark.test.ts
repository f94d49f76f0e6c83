import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { withMark, withoutMark } from "../../../providers/mattermost/mark.ts";
import { markOf } from "../../../providers/ownership.ts";

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
});
