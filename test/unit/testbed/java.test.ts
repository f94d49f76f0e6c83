import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { java } from "../../../testbed/java.ts";

const known = process.env["JAVA_HOME"];
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "tenantry-java-"));
  process.env["JAVA_HOME"] = home;
});

afterEach(() => {
  if (known === undefined) delete process.env["JAVA_HOME"];
  else process.env["JAVA_HOME"] = known;
  rmSync(home, { recursive: true });
});

function fakeJava(firstLine: string): string {
  const program = join(home, "bin", "java");
  mkdirSync(join(home, "bin"));
  writeFileSync(program, `#!/bin/sh\necho '${firstLine}' >&2\n`);
  chmodSync(program, 0o755);
  return program;
}

test.each([
  'openjdk version "17.0.15" 2025-04-15',
  'openjdk version "21" 2023-09-19',
  'java version "25-ea"',
])("%s will do", async (line) => {
  const program = fakeJava(line);
  expect(await java()).toBe(program);
});

test.each([
  ['openjdk version "11.0.2" 2019-01-15', "11.0.2"],
  ['java version "1.8.0_371"', "1.8.0_371"],
  ["what?", "unknown"],
])("%s won't", async (line, version) => {
  fakeJava(line);
  await expect(java()).rejects.toMatchObject({
    code: "java-too-old",
    system: "Keycloak",
    message: `Keycloak needs Java 17; ${join(home, "bin", "java")} (JAVA_HOME) is ${version}`,
  });
});

test("none is a failure that says where it was looked for", async () => {
  await expect(java()).rejects.toMatchObject({
    code: "java-missing",
    message: expect.stringContaining(home),
    fix: expect.stringContaining("install Java 17"),
  });
});
