import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { Failure } from "../report/failure.ts";

/**
 * The paths, relative to the project's folder, that differ between a git revision and what lies there now: committed since,
 * not committed, and not even known to git. Both names of what was renamed.
 *
 * Throws a {@link Failure} `no-repository`, or `unknown-revision`.
 */
export async function changedPaths(root: string, revision: string): Promise<string[]> {
  const git = (...args: string[]): Promise<string> => runGit(root, args);
  await git("rev-parse", "--git-dir").catch((cause: unknown) => {
    throw new Failure("no-repository", `${root} is in no git repository, or git is not installed`, {
      fix: "name tenants, or run all of them: --all",
      cause,
    });
  });
  const commit = await git(
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ).catch((cause: unknown) => {
    throw new Failure("unknown-revision", `git knows no revision ${revision} here`, {
      fix: "name a branch, tag or commit that was fetched; CI often fetches the last commit only: fetch the whole history",
      cause,
    });
  });
  const [tracked, untracked] = await Promise.all([
    // Relative to this folder, which need not be the repository's top.
    git("diff", "--name-only", "--no-renames", "--relative", "-z", commit.trim(), "--"),
    git("ls-files", "--others", "--exclude-standard", "-z"),
  ]);
  return [...new Set(`${tracked}${untracked}`.split("\0").filter((path) => path !== ""))].sort();
}

const output = z.object({ stdout: z.string() });

async function runGit(root: string, args: readonly string[]): Promise<string> {
  const ran = await promisify(execFile)("git", args, { cwd: root, maxBuffer: 256 * 1024 * 1024 });
  return output.parse(ran).stdout;
}
