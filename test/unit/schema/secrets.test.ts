import { expect, test } from "@jest/globals";
import { loadFleet } from "../../../schema/load-fleet.ts";
import { printProblems } from "../../../schema/print-problems.ts";
import { head } from "./smallest-file.ts";
import { tenantsFolder } from "./tenants-folder.ts";

const secret = "hunter2Secret";
const provider = (rest: string): string => `${head}identity:\n  identityProviders:\n${rest}`;

/** What a terminal would show, source lines and carets included. */
async function shown(text: string): Promise<string> {
  const { problems } = await loadFleet(tenantsFolder({ "acme.yaml": text }));
  expect(problems).not.toEqual([]);
  let output = JSON.stringify(problems);
  const terminal = { isTTY: true, write: (part: string) => ((output += part), true) };
  printProblems(problems, terminal, (_file, line) => text.split("\n")[line - 1]);
  return output;
}

test.each([
  [
    "where the reference belongs",
    provider(`    - type: github\n      clientId: a\n      clientSecret: ${secret}\n`),
  ],
  ["in one line with the rest", provider(`    - {type: github, clientSecret: ${secret}, clientId: 5}\n`)],
  ["in quotes", provider(`    - type: github\n      clientId: a\n      "clientSecret": "${secret}"\n`)],
  [
    "over several lines",
    provider(`    - type: github\n      clientId: a\n      clientSecret: |\n        ${secret}\n`),
  ],
  ["as a map", provider(`    - type: github\n      clientId: a\n      clientSecret: {value: ${secret}}\n`)],
  ["as a list", provider(`    - type: github\n      clientId: a\n      clientSecret: [${secret}]\n`)],
  ["almost as a reference", provider(`    - {type: github, clientId: a, clientSecret: "env:${secret}"}\n`)],
  [
    "under a key with a typing mistake",
    provider(`    - {type: github, clientId: a, clientSecrt: ${secret}}\n`),
  ],
  ["under a key that nobody knows", `${head}database:\n  password: ${secret}\n`],
  ["under an unknown key, before another mistake", `${head}database: {pin: ${secret}, connectionLimit: 0}\n`],
  [
    "among those of GitHub Actions",
    `${head}sourceControl: {repositories: [{name: web, actions: {secrets: {TOKEN: ${secret}}}}]}\n`,
  ],
  ["twice", provider(`    - type: github\n      clientSecret: ${secret}\n      clientSecret: ${secret}\n`)],
  ["as an alias", provider(`    - {type: github, clientId: a, clientSecret: *${secret}}\n`)],
  ["as an anchor", provider(`    - {type: github, clientId: a, clientSecret: &${secret} x}\n`)],
  ["as a tag", provider(`    - {type: github, clientId: a, clientSecret: !${secret} x}\n`)],
  ["with a quote that is not closed", provider(`    - type: github\n      clientSecret: "${secret}\n`)],
  ["with a colon in it", provider(`    - type: github\n      clientSecret: a: ${secret}\n`)],
  ["with a tab before it", provider(`    - type: github\n\tclientSecret: ${secret}\n`)],
  ["in a list of its own that is broken", `${head}passwords:\n  - "${secret}" x\n`],
])("a secret is never shown: %s", async (_name, text) => {
  expect(text).toContain(secret);
  expect(await shown(text)).not.toContain(secret);
});

test("what is no secret is shown with a caret", async () => {
  const output = await shown(head.replace("plan: basic", "plan: gold"));
  expect(output).toContain("    plan: gold\n");
  expect(output).toMatch(/\n {10}\^\n|\n.*\[31m {10}\^/);
});
