import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { loadFleet } from "../../../schema/load-fleet.ts";
import { problemLine } from "../../../schema/print-problems.ts";
import { brokenFiles } from "./broken-files.ts";
import { head } from "./smallest-file.ts";
import { tenantsFolder } from "./tenants-folder.ts";

const linesOf = async (dir: string): Promise<string[]> => (await loadFleet(dir)).problems.map(problemLine);
const label = "tenants/acme.yaml:";

test("the head of the table is a valid file", async () => {
  const fleet = await loadFleet(tenantsFolder({ "acme.yaml": head }));
  expect(fleet.problems).toEqual([]);
  expect(fleet.tenants.map(({ tenant }) => tenant.id)).toEqual(["acme"]);
});

test.each(brokenFiles)("$name", async ({ text, problems }) => {
  const fleet = await loadFleet(tenantsFolder({ "acme.yaml": text }));
  const lines = fleet.problems.map(problemLine).map((line) => line.slice(label.length));
  expect(lines).toEqual(problems);
  expect(fleet.tenants).toEqual([]);
});

const bytes = (...parts: (string | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));

test.each([
  ["Latin-1", bytes(head, "# caf", Uint8Array.of(0xe9), "\n"), "is not UTF-8 text; save it as UTF-8"],
  [
    "UTF-16",
    bytes(Uint8Array.of(0xff, 0xfe), Buffer.from(head, "utf16le")),
    "is not UTF-8 text, it looks like UTF-16; save it as UTF-8",
  ],
  [
    "a byte order mark",
    bytes(Uint8Array.of(0xef, 0xbb, 0xbf), head),
    "starts with a byte order mark; save it as UTF-8 without one",
  ],
  [
    "a huge file",
    bytes(head, "#".repeat(1024 * 1024)),
    `is ${head.length + 1024 * 1024} bytes long; the limit is 1048576 (1 MiB)`,
  ],
])("a file that is no text: %s", async (_name, content, message) => {
  expect(await linesOf(tenantsFolder({ "acme.yaml": content }))).toEqual([`${label}1:1: ${message}`]);
});

test("folders and links that are no files", async () => {
  const dir = tenantsFolder({
    "good/acme.yaml": head,
    "notes.txt": "not ours",
    ".hidden.yaml": "- not ours",
  });
  mkdirSync(join(dir, "folder.yaml"));
  symlinkSync("gone.yaml", join(dir, "dangling.yaml"));
  symlinkSync("loop.yaml", join(dir, "loop.yaml"));
  symlinkSync("..", join(dir, "good", "up"));
  expect(await linesOf(dir)).toEqual([
    "tenants/dangling.yaml:1:1: does not exist",
    "tenants/folder.yaml:1:1: is a folder, not a file; rename the folder",
    "tenants/good/up:1:1: is a symbolic link to a folder that it is in itself",
    "tenants/loop.yaml:1:1: is a symbolic link that leads back to itself",
  ]);
});

test("an alias bomb is refused before it goes off", async () => {
  const levels = Array.from({ length: 30 }, (_, level) => {
    const before = level === 0 ? '"lol"' : Array.from({ length: 10 }, () => `*l${level - 1}`).join(", ");
    return `l${level}: &l${level} [${before}]`;
  });
  const fleet = await loadFleet(tenantsFolder({ "acme.yaml": levels.join("\n") }));
  expect(new Set(fleet.problems.map(({ code }) => code))).toEqual(new Set(["yaml-not-plain"]));
});

test.each([
  ["brackets", `database: ${"[".repeat(200_000)}`],
  ["closed brackets", `database: ${"[".repeat(50_000)}${"]".repeat(50_000)}`],
  ["keys", Array.from({ length: 60_000 }, (_, index) => `key${index}: ${index}`).join("\n")],
  ["indentation", Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
])("a file of nothing but %s ends in an error", async (_name, text) => {
  const fleet = await loadFleet(tenantsFolder({ "acme.yaml": text }));
  expect(fleet.problems.length).toBeGreaterThan(0);
});

test("every line end is one line", async () => {
  const windows = await linesOf(
    tenantsFolder({ "acme.yaml": head.replace("plan: basic", "plan: gold").replaceAll("\n", "\r\n") }),
  );
  expect(windows).toEqual([
    `${label}4:7 plan: "gold" is not a plan; allowed: basic, professional, enterprise`,
  ]);
});
