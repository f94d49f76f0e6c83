import { expect, test } from "@jest/globals";
import type { StepMetadata } from "../../../fleet/engine-events.ts";
import { mask, propertyChanges } from "../../../fleet/property-changes.ts";

const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "[secret]",
};
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function step(parts: Partial<StepMetadata>): StepMetadata {
  return {
    op: "update",
    urn: "urn:x::y::z::n",
    type: "t",
    old: null,
    new: null,
    detailedDiff: null,
    logical: false,
    ...parts,
  };
}

const properties = (inputs: Record<string, unknown>, outputs: Record<string, unknown> = {}) => ({
  inputs,
  outputs,
});

test("without a provider's diff, the inputs are compared leaf by leaf", () => {
  const changes = propertyChanges(
    step({
      old: properties({ limit: 5, nested: { a: 1, b: 2 }, gone: true, same: [1] }),
      new: properties({ limit: 6, nested: { a: 1, b: 3 }, fresh: "x", same: [1] }),
    }),
  );
  expect(changes).toEqual([
    { path: "limit", from: 5, to: 6 },
    { path: "nested.b", from: 2, to: 3 },
    { path: "gone", from: true, to: undefined },
    { path: "fresh", from: undefined, to: "x" },
  ]);
});

test("in a list of maps, what changes is told value by value; a list of plain values as a whole", () => {
  const systems = [{ name: "database", details: [{ label: "login", value: "a" }] }, { name: "identity" }];
  const changes = propertyChanges(
    step({
      old: properties({ systems, groups: ["a", "b"], none: [] }),
      new: properties({
        systems: [
          { name: "database", details: [{ label: "login", value: secret }] },
          { name: "realm" },
          { name: "crm" },
        ],
        groups: ["a", "c"],
        none: [{ name: "x" }],
      }),
    }),
  );
  expect(changes).toEqual([
    { path: "systems[0].details[0].value", from: "a", to: "(secret)" },
    { path: "systems[1].name", from: "identity", to: "realm" },
    { path: "systems[2]", from: undefined, to: { name: "crm" } },
    { path: "groups", from: ["a", "b"], to: ["a", "c"] },
    { path: "none", from: [], to: [{ name: "x" }] },
  ]);
});

test("a provider's diff names the paths, and says whether the old inputs or the old outputs are meant", () => {
  const changes = propertyChanges(
    step({
      old: properties({ list: [{ "a.b": 1 }] }, { list: [{ "a.b": 9 }], limit: 7 }),
      new: properties({ list: [{ "a.b": 2 }], limit: 5 }),
      detailedDiff: {
        'list[0]["a.b"]': { diffKind: "update", inputDiff: true },
        limit: { diffKind: "update", inputDiff: false },
      },
    }),
  );
  expect(changes).toEqual([
    { path: 'list[0]["a.b"]', from: 1, to: 2 },
    { path: "limit", from: 7, to: 5 },
  ]);
});

test("a dynamic resource's own code is nobody's change", () => {
  const changes = propertyChanges(
    step({ old: properties({ __provider: "a" }), new: properties({ __provider: "b" }) }),
  );
  expect(changes).toEqual([]);
});

test("secrets and values not known yet never show, at any depth", () => {
  const changes = propertyChanges(
    step({
      old: properties({ password: { ...secret, ciphertext: "old" }, deep: { id: "1" } }),
      new: properties({ password: secret, deep: { id: unknownValue } }),
    }),
  );
  expect(changes).toEqual([
    { path: "password", from: "(secret)", to: "(secret)" },
    { path: "deep.id", from: "1", to: "(known after the change)" },
  ]);
  expect(mask([{ token: secret }])).toEqual([{ token: "(secret)" }]);
});
