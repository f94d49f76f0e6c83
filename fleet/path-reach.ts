/**
 * Whom a changed file of the project can reach, as far as its path tells: `code`: every tenant, because it is part of the
 * program or may be; `tenants`, `environment` and `config`: those whose inputs it is; `nobody`: no deployment reads it.
 *
 * What isn't known to reach nobody is code: a new folder makes runs slower until it is listed here, never wrong.
 */
export type PathReach = "code" | "tenants" | "environment" | "config" | "nobody";

/** `path` is relative to the project's folder, with forward slashes. */
export function pathReach(path: string): PathReach {
  const [first = "", second] = path.split("/");
  if (second === undefined)
    return files.has(first) || first.endsWith(".md") ? "nobody" : codeUnlessHidden(first);
  if (first === "tenants") return "tenants";
  if (first === "stacks" && second === "environments") return "environment";
  if (first === "stacks" && second === "config") return "config";
  return folders.has(first) ? "nobody" : codeUnlessHidden(first);
}

/** What neither a stack's program nor its policies import or read; a test follows the imports. */
const folders = new Set([
  "cli",
  "coverage",
  "discovery",
  "docs",
  "drafts",
  "node_modules",
  "pull-requests",
  "report-page",
  "test",
  "testbed",
]);
const files = new Set(["LICENSE", "eslint.config.mjs", "jest.config.mjs", "tsconfig.json"]);

function codeUnlessHidden(name: string): PathReach {
  return name.startsWith(".") && name !== ".npmrc" ? "nobody" : "code";
}
