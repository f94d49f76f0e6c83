import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { changedPaths } from "../../../fleet/changed-paths.ts";

let root: string;
const git = (...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: root, GIT_CONFIG_NOSYSTEM: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
const write = (path: string, text: string): void => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};
const commit = (): void => {
  git("add", "--all");
  git("commit", "--quiet", "--message", "more");
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-git-"));
});
afterEach(() => rmSync(root, { recursive: true }));

test("committed, staged, edited and untracked files, both names of a moved one, and nothing that's ignored", async () => {
  git("init", "--quiet");
  for (const name of ["kept", "committed", "staged", "edited", "moved", "renamed", "deleted"])
    write(`tenants/${name}.yaml`, name);
  write(".gitignore", "*.log\n");
  commit();
  git("tag", "start");
  write("tenants/committed.yaml", "2");
  commit();
  write("tenants/staged.yaml", "2");
  renameSync(join(root, "tenants/renamed.yaml"), join(root, "tenants/renaming.yaml"));
  git("add", "--all");
  write("tenants/edited.yaml", "2");
  write("tenants/with space and ü.yaml", "new");
  write("x.log", "ignored");
  renameSync(join(root, "tenants/moved.yaml"), join(root, "tenants/here.yaml"));
  rmSync(join(root, "tenants/deleted.yaml"));
  expect(await changedPaths(root, "start")).toEqual(
    [
      "committed",
      "deleted",
      "edited",
      "here",
      "moved",
      "renamed",
      "renaming",
      "staged",
      "with space and ü",
    ].map((name) => `tenants/${name}.yaml`),
  );
  expect(await changedPaths(root, "HEAD~1")).toContain("tenants/committed.yaml");
  expect(await changedPaths(root, "HEAD")).not.toContain("tenants/committed.yaml");
});

test("paths are those of the project, in whichever folder of a repository it is", async () => {
  git("init", "--quiet");
  write("elsewhere.txt", "1");
  write("project/tenants/acme.yaml", "1");
  commit();
  write("elsewhere.txt", "2");
  write("project/tenants/acme.yaml", "2");
  write("project/tenants/new.yaml", "2");
  expect(await changedPaths(join(root, "project"), "HEAD")).toEqual([
    "tenants/acme.yaml",
    "tenants/new.yaml",
  ]);
});

test("a revision that git doesn't know, or that would be taken for an option", async () => {
  git("init", "--quiet");
  write("a", "1");
  commit();
  for (const revision of ["no-such-branch", "--all", ""])
    await expect(changedPaths(root, revision)).rejects.toMatchObject({ code: "unknown-revision" });
});

test("no repository", async () => {
  await expect(changedPaths(root, "HEAD")).rejects.toMatchObject({
    code: "no-repository",
    fix: "name tenants, or run all of them: --all",
  });
});
