import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { deletedToo, equals, holds } from "../../../providers/twenty/filter.ts";
import { parseFilter, testOf } from "../../../testbed/twenty/condition.ts";

const finds = (condition: string, name: string, deletedAt: string | null = null): boolean =>
  testOf(parseFilter(condition))({ name, deletedAt });

test("a plain value is asked for as it is", () => {
  expect(equals("emails.primaryEmail", "jane.doe+crm@acme-eu.com")).toBe(
    'emails.primaryEmail[eq]:"jane.doe+crm@acme-eu.com"',
  );
});

test("whatever a value holds, its condition finds it and says nothing else", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (value) => {
      expect(finds(equals("name", value), value)).toBe(true);
      expect(finds(equals("name", value), `${value}!`)).toBe(false);
      expect(finds(holds("name", value), `before ${value.toUpperCase()} after`)).toBe(true);
      for (const deletedAt of [null, "2026-11-21"]) {
        expect(finds(deletedToo(equals("name", value)), value, deletedAt)).toBe(true);
        expect(finds(deletedToo(equals("name", value)), `${value}!`, deletedAt)).toBe(false);
      }
    }),
  );
});

test.each(['"', "'", ",", "(", ")", "[", "]", "%", "\\", "{"])(
  "%s in a value stands for any character",
  (character) => {
    expect(equals("name", `a${character}b`)).toBe('name[like]:"a_b"');
  },
);
