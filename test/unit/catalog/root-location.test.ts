import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { hasTarget, rootText, withoutTarget, withTarget } from "../../../catalog/root-location.ts";
import { refusal } from "./backstage.ts";

const targets = (...names: string[]): string[] => names.map((name) => `./tenants/${name}.yaml`);
const [acme = "", globex = "", retail = ""] = targets("acme", "globex", "retail");

test("one after the other makes the text that all at once are", () => {
  const one = withTarget(withTarget(withTarget(undefined, globex), retail), acme);
  expect(one).toBe(rootText([retail, globex, acme]));
  expect(withTarget(one, globex)).toBe(one);
  expect(withoutTarget(one, globex)).toBe(rootText([acme, retail]));
  expect(withoutTarget(withoutTarget(one, globex), globex)).toBe(rootText([acme, retail]));
  expect([acme, "./tenants/acm.yaml"].map((target) => hasTarget(one, target))).toEqual([true, false]);
});

test("the last one leaves a Location that Backstage takes, and that takes others again", async () => {
  const empty = withoutTarget(rootText([acme]), acme);
  expect(parse(empty)).toMatchObject({ kind: "Location", spec: { presence: "optional", targets: [] } });
  expect(await refusal(parse(empty) as Parameters<typeof refusal>[0])).toBeUndefined();
  expect(withTarget(empty, globex)).toBe(rootText([globex]));
});

describe("a Location that somebody else wrote", () => {
  const theirs = `# By hand
kind: Location
apiVersion: backstage.io/v1alpha1
metadata: { name: all }
spec:
  targets:
    - ./z.yaml # last
    - https://elsewhere.example/x.yaml
`;

  test("keeps all that is in it", () => {
    const more = withTarget(theirs, acme);
    expect(more).toContain("# By hand");
    expect(more).toContain("- ./z.yaml # last");
    expect(parse(more)).toMatchObject({
      spec: { targets: [acme, "./z.yaml", "https://elsewhere.example/x.yaml"] },
    });
    expect(withoutTarget(more, acme)).toBe(theirs);
  });

  test("may have no targets yet", () => {
    const without = "kind: Location\nspec: {}\n";
    expect(parse(withTarget(without, acme))).toEqual({ kind: "Location", spec: { targets: [acme] } });
  });
});

test.each([
  ["another kind", "kind: Component\nspec: {}\n"],
  ["several entities", "kind: Location\nspec: {}\n---\nkind: Location\nspec: {}\n"],
  ["no spec", "kind: Location\n"],
  ["targets that are no list", "kind: Location\nspec: { targets: ./x.yaml }\n"],
  ["no YAML", "kind: [\n"],
  ["nothing", ""],
])("%s takes no target, has none, and stays as it is", (_what, text) => {
  expect(() => withTarget(text, acme)).toThrow(expect.objectContaining({ code: "not-a-location" }));
  expect(hasTarget(text, acme)).toBe(false);
  expect(withoutTarget(text, acme)).toBe(text);
});
