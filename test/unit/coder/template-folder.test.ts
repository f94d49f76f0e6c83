import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { templateArchive } from "../../../providers/coder/template-archive.ts";
import { templateDigest, templateFiles } from "../../../providers/coder/template-folder.ts";

let project: string;
const folder = "templates/shell";

const write = (path: string, text: string): string => {
  const file = join(project, folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const archive = (): Buffer => Buffer.from(templateArchive(templateFiles(folder, project)));

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "tenantry-template-"));
  write("main.tf", "resource {}");
  write("b.txt", "b");
  write("B/c.sh", "echo");
});
afterEach(() => rmSync(project, { recursive: true }));

describe("files of a template", () => {
  test("are in one order, with their folders' names", () => {
    expect(templateFiles(folder, project).map(({ path }) => path)).toEqual(["B/c.sh", "b.txt", "main.tf"]);
  });

  test("are not what Terraform leaves behind", () => {
    const before = templateDigest(folder, project);
    const left = [
      ".terraform/providers/x",
      "terraform.tfstate",
      "terraform.tfstate.backup",
      "B/old.tfstate",
      ".terraform.tfstate.lock.info",
    ];
    for (const path of left) write(path, "secret");
    expect(templateDigest(folder, project)).toBe(before);
    write(".terraform.lock.hcl", "lock");
    expect(templateDigest(folder, project)).not.toBe(before);
  });

  test.each<[what: string, change: () => unknown, differs: boolean]>([
    ["a content", () => write("b.txt", "c"), true],
    ["a name", () => write("b2.txt", ""), true],
    ["where one file ends", () => [write("b.txt", ""), write("c.txt", "b")], true],
    ["a time", () => utimesSync(join(project, folder, "b.txt"), 1, 1), false],
    ["a mode", () => chmodSync(join(project, folder, "b.txt"), 0o755), false],
  ])("%s: another digest and archive when it matters", (_what, change, differs) => {
    const [digest, bytes] = [templateDigest(folder, project), archive()];
    change();
    expect(templateDigest(folder, project) !== digest).toBe(differs);
    expect(archive().equals(bytes)).toBe(!differs);
  });

  test.each<[what: string, make: () => unknown, name: string, says: RegExp]>([
    ["isn't there", () => undefined, "templates/none", /can't be read/],
    ["is a file", () => undefined, `${folder}/main.tf`, /can't be read/],
    ["is outside of the project", () => undefined, "../elsewhere", /outside/],
    ["is the project's parent", () => undefined, "..", /outside/],
    ["has no .tf file of its own", () => write("deep/none/main.tf", ""), `${folder}/deep`, /no \.tf file/],
    [
      "holds a link",
      () => symlinkSync("/etc/passwd", join(project, folder, "link")),
      folder,
      /link, which is no file/,
    ],
    [
      "holds a link to a folder",
      () => symlinkSync("/etc", join(project, folder, "etc")),
      folder,
      /etc, which/,
    ],
  ])("a folder that %s is refused", (_what, make, name, says) => {
    make();
    expect(() => templateDigest(name, project)).toThrow(
      expect.objectContaining({ code: "template-folder", message: expect.stringMatching(says) }),
    );
  });

  test("dots at the start of a folder's name are no way out", () => {
    mkdirSync(join(project, "..shell"), { recursive: true });
    writeFileSync(join(project, "..shell", "main.tf"), "");
    expect(templateFiles("..shell", project)).toHaveLength(1);
  });
});

describe("the archive", () => {
  test("is what tar reads, whatever the sizes", () => {
    write("empty", "");
    write("exact", "x".repeat(512));
    write("umlaut", "ä\n");
    const list = execFileSync("tar", ["-tvf", "-"], { input: archive(), env: { TZ: "UTC" } }).toString();
    expect(list.trim().split("\n")).toHaveLength(6);
    expect(list).toMatch(/^-rw-r--r-- 0\/0 +4 1970-01-01 00:00 B\/c\.sh$/m);
    const text = execFileSync("tar", ["-xOf", "-", "umlaut", "exact"], { input: archive() }).toString();
    expect(text).toBe(`${"x".repeat(512)}ä\n`);
  });

  test("takes long paths as far as the format does, and refuses others by name", () => {
    const fits = `${"d".repeat(90)}/${"f".repeat(90)}`;
    write(fits, "long");
    const text = execFileSync("tar", ["-xOf", "-", fits], { input: archive() }).toString();
    expect(text).toBe("long");
    write("f".repeat(120), "longer");
    expect(archive).toThrow(expect.objectContaining({ code: "template-folder" }));
  });
});
