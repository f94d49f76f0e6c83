import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../../cli/project-root.ts";
import { loadTenant } from "../../../schema/load-tenant.ts";
import { loadEnvironment } from "../../../stacks/environment.ts";

/** What the documents show is what the code does. */
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/decisions.md",
  "docs/catalog.md",
  "docs/fleet.md",
  "docs/traps.md",
  "docs/tenant-files.md",
  "docs/invitations.md",
  "docs/discovery.md",
  "docs/pull-requests.md",
];
const textOf = (document: string): string => readFileSync(join(root, document), "utf8");
const blocks = (document: string, language: string): string[] =>
  [...textOf(document).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, code = ""]) => code,
  );

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-readme-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the README's tenant is valid", () => {
  cpSync(join(root, "tenants"), join(folder, "tenants"), { recursive: true });
  writeFileSync(join(folder, "tenants", "initech.yaml"), blocks("README.md", "yaml")[0] ?? "");
  expect(loadTenant(join(folder, "tenants"), "initech")).toMatchObject({
    valid: true,
    loaded: { tenant: { id: "initech", users: [{ role: "developer" }] } },
  });
});

test("the README's environment is valid", () => {
  const file = join(folder, "stacks", "environments", "prod.yaml");
  cpSync(join(root, "stacks", "environment.ts"), join(dirname(file), "x"), { recursive: true });
  writeFileSync(file, blocks("README.md", "yaml")[1] ?? "");
  expect(loadEnvironment(folder, "prod").postgres).toMatchObject({ host: "db.example.com", port: 5432 });
});

describe.each(documents)("%s", (document) => {
  test("links lead to files", () => {
    const links = [...textOf(document).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = ""]) => link);
    const missing = links.filter((link) => !existsSync(join(root, dirname(document), link)));
    expect(missing).toEqual([]);
  });

  test("commands and their options exist", () => {
    const used = [...textOf(document).matchAll(/npx tenantry ([a-z]+)((?: +[^\s`#]+)*)/g)];
    for (const [, name = "", rest = ""] of used) {
      const [, subcommand] = /^ +([a-z]+)/.exec(rest) ?? [];
      const help = helpOf(name === "local" && subcommand ? `${name} ${subcommand}` : name);
      for (const option of rest.match(/--[a-z-]+/g) ?? [])
        expect({ name, help }).toEqual({ name, help: expect.stringContaining(option) });
    }
  });

  test("npm scripts exist", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const used = [...textOf(document).matchAll(/npm run ([a-z:]+)/g)].map(([, name = ""]) => name);
    expect(used.filter((name) => !(name in scripts))).toEqual([]);
  });
});

const helps = new Map<string, string>();
function helpOf(command: string): string {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const help = execFileSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "cli/main.ts", ...command.split(" "), "--help"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  expect(help).toContain(`Usage: tenantry ${command} `);
  helps.set(command, help);
  return help;
}
