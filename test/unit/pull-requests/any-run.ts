import fc from "fast-check";
import { hostile } from "./only-ours.ts";

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostile) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...hostile), { maxLength: 5 }).map((all) => all.join("")),
  },
);
const perhaps = <T>(what: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(what, { nil: undefined });

const problem = fc.record({
  severity: fc.constantFrom("error", "warning"),
  code: fc.oneof(text, fc.constant("server-unreachable")),
  system: perhaps(text),
  message: text,
  fix: perhaps(text),
  policy: perhaps(text),
  resource: perhaps(text),
  position: perhaps(fc.record({ file: text, line: fc.nat(), column: fc.nat() })),
});
const property = fc.record({ path: text, from: fc.oneof(text, fc.jsonValue()), to: text });
const change = fc.record({
  change: fc.constantFrom("create", "update", "replace", "delete"),
  type: text,
  name: text,
  properties: fc.array(property, { maxLength: 3 }),
});
const tenant = fc.record({
  tenant: fc.oneof(text, fc.stringMatching(/^[a-z]{3,10}$/)),
  result: fc.constantFrom("succeeded", "failed", "cancelled"),
  changes: fc.array(change, { maxLength: 3 }),
  problems: fc.array(problem, { maxLength: 2 }),
  strays: fc.array(text, { maxLength: 2 }),
});

/** What `--json` could print if whoever wrote the tenants' files meant ill. */
export const anyRun = (operation: "preview" | "drift") =>
  fc.record({
    operation: fc.constant(operation),
    environment: text.map((name) => name.slice(0, 100)),
    tenants: fc.array(tenant, { maxLength: 8 }),
    skipped: fc.constant([]),
    orphans: fc.array(text, { maxLength: 3 }),
    problems: fc.constant([]),
    interrupted: fc.constant(false),
  });
