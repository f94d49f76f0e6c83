import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { parse } from "yaml";
import { z } from "zod";
import { generated } from "../../../schema/generated.ts";
import { settingsJsonSchema, tenantJsonSchema } from "../../../schema/json-schema.ts";
import { layer, tenantFile } from "../../../schema/tenant.ts";
import { brokenFiles } from "./broken-files.ts";

const root = new URL("../../../", import.meta.url).pathname;
const ajv = new Ajv({ strict: false, logger: false });
addFormats.default(ajv);
const validators = { tenant: ajv.compile(tenantJsonSchema()), settings: ajv.compile(settingsJsonSchema()) };

test.each(Object.entries(generated()))("%s is what `npm run generate` writes", (file, text) => {
  expect(readFileSync(join(root, file), "utf8")).toBe(text);
});

const yamlFiles = readdirSync(join(root, "tenants"), { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".yaml"),
);

test.each(yamlFiles)("tenants/%s names its schema, and is valid by it", (name) => {
  const path = join(root, "tenants", name);
  const text = readFileSync(path, "utf8");
  const schema = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text)?.[1] ?? "";
  const kind = name.startsWith("plans") || name === "defaults.yaml" ? "settings" : "tenant";
  expect(join(path, "..", schema)).toBe(join(root, `schema/${kind}.schema.json`));
  const validate = validators[kind];
  expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
});

/** Broken files that are YAML; the model alone judges them, without the rules between values. */
const parsable = brokenFiles.flatMap(({ name, text }) => {
  try {
    const value: unknown = parse(text);
    return [{ name, value }];
  } catch {
    return [];
  }
});

test("most of the broken files can be judged by both validators", () => {
  expect(parsable.length).toBeGreaterThan(100);
});

test.each(parsable)("the editor's schema and the model agree: $name", ({ value }) => {
  expect(validators.tenant(value)).toBe(tenantFile.safeParse(value).success);
});

test.each(["1s", "999999m", "9999d", "10000d", "0m", "1w", "01h", "", "5"])(
  "both agree on the duration %j",
  (idle) => {
    const value = { identity: { sessions: { idle } } };
    expect(validators.settings(value)).toBe(layer.safeParse(value).success);
  },
);

test.each([
  "https://a.example",
  "https://a.example/",
  "https://a.example:8443/cb?x=1",
  "https://a.example/*",
  "https://a.example/b/*",
  "http://localhost:3000/*",
  "http://127.0.0.1/cb",
  "http://[::1]:80/",
  "https://[::1]/",
  "https://localhost",
])("redirect address %s is taken", (uri) => {
  const value = { identity: { portal: { redirectUris: [uri] } } };
  expect([validators.settings(value), layer.safeParse(value).success]).toEqual([true, true]);
});

test.each([
  "http://localhost@evil.example/",
  "https://a..example/",
  "https://-a.example/",
  "https://a.example/ x",
  "https:/a.example",
  "//a.example",
  "https://a.example\n",
  "https://a.example/**",
  "https://a.example?x=*",
  "http://127.0.0.1.evil.example/",
  "https://exam\u0440le.example/%zz/\u0000",
])("redirect address %j is refused", (uri) => {
  const value = { identity: { portal: { redirectUris: [uri] } } };
  expect([validators.settings(value), layer.safeParse(value).success]).toEqual([false, false]);
});

test("whatever JSON there is at the top-level fields, both agree", () => {
  const leaf = fc.oneof(
    fc.constantFrom(
      "acme",
      "basic",
      "active",
      "tenant",
      "30m",
      "a@b.example",
      "a.example",
      "2028-02-29",
      "2027-02-29",
      "A b",
      "",
    ),
    fc.integer({ min: -1, max: 20_000 }),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true }),
  );
  const value = fc.oneof(
    { weight: 4, arbitrary: leaf },
    fc.array(leaf, { maxLength: 2 }),
    fc.dictionary(
      fc.constantFrom("name", "realm", "sessions", "connectionLimit", "github", "idle", "nope"),
      leaf,
      { maxKeys: 2 },
    ),
  );
  const keys = Object.keys(tenantFile.shape);
  const base = { version: 1, id: "acme", name: "Acme", plan: "basic" };
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 3 }), (extra) => {
      const candidate = { ...base, ...extra };
      expect(validators.tenant(candidate)).toBe(tenantFile.safeParse(candidate).success);
    }),
    { numRuns: 1000 },
  );
});

test("every field is described, for editors and for the reference", () => {
  const undescribed: string[] = [];
  const visit = (schema: z.core.JSONSchema.BaseSchema, path: string): void => {
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      if (typeof property === "boolean") continue;
      if (!property.description) undescribed.push(`${path}${key}`);
      visit(property, `${path}${key}.`);
      const { items } = property;
      if (typeof items === "object" && !Array.isArray(items))
        [items, ...(items.oneOf ?? [])].forEach(
          (item) => typeof item === "object" && visit(item, `${path}${key}[].`),
        );
    }
  };
  visit(tenantJsonSchema(), "");
  expect(undescribed).toEqual([]);
});
