import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { z } from "zod";
import { readVersions } from "../../../toolchain/versions.ts";

const lock = (packages: Record<string, object>): string => JSON.stringify({ packages });

test("the CLI has the SDK's version, each plugin that of its npm package", () => {
  const text = lock({
    "node_modules/@pulumi/pulumi": { version: "3.1.2" },
    "node_modules/@pulumi/keycloak": { version: "6.0.1" },
    "node_modules/@pulumi/postgresql": { version: "4.5.6" },
    "node_modules/@pulumi/github": { version: "7.8.9" },
    "node_modules/other/node_modules/@pulumi/pulumi": { version: "9.9.9" },
  });
  expect(readVersions(text)).toMatchObject({
    pulumi: "3.1.2",
    plugins: [
      { name: "keycloak", version: "6.0.1" },
      { name: "postgresql", version: "4.5.6" },
      { name: "github", version: "7.8.9" },
    ],
  });
});

test("the project's own lock file names what is installed", () => {
  const { pulumi, plugins } = readVersions();
  for (const { name, version } of [{ name: "pulumi", version: pulumi }, ...plugins]) {
    const file = new URL(`../../../node_modules/@pulumi/${name}/package.json`, import.meta.url);
    expect(z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, "utf8"))).version).toBe(
      version,
    );
  }
});

test("a package that is not pinned is named", () => {
  const text = lock({ "node_modules/@pulumi/pulumi": { version: "3.1.2" } });
  expect(() => readVersions(text)).toThrow("package-lock.json does not pin @pulumi/keycloak");
});

test("something else than a lock file is refused", () => {
  expect(() => readVersions('{"packages": []}')).toThrow(z.ZodError);
});
