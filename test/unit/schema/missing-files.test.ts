import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { problemLine } from "../../../schema/print-problems.ts";
import { validate } from "../../../schema/validate.ts";
import { head } from "./smallest-file.ts";
import { tenantsFolder } from "./tenants-folder.ts";

/** A project with these tenants, and with these empty files. */
function project(tenants: Readonly<Record<string, string>>, ...files: readonly string[]): string {
  const dir = tenantsFolder(tenants);
  for (const file of files) {
    mkdirSync(dirname(join(dir, "..", file)), { recursive: true });
    writeFileSync(join(dir, "..", file), "");
  }
  return dir;
}
const linesOf = async (dir: string, ...files: readonly string[]): Promise<string[]> =>
  (await validate(dir, files)).problems.map(problemLine);

const named = `${head}workspaces:
  templates:
    - { name: dev, folder: workspace-templates/docker }
invitations: { template: friendly }
sourceControl:
  repositories:
    - name: app
      files:
        - { path: a, content: text }
        - { path: LICENSE, source: files/license.txt }
`;
const start = head.split("\n").length;

test("what a tenant names of the project has to be there", async () => {
  expect(await linesOf(project({ "acme.yaml": named }))).toEqual([
    `tenants/acme.yaml:${start + 2}:28 workspaces.templates[0].folder: there is no folder workspace-templates/docker in this project`,
    `tenants/acme.yaml:${start + 3}:26 invitations.template: there is no folder invitations/friendly in this project`,
    `tenants/acme.yaml:${start + 9}:36 sourceControl.repositories[0].files[1].source: there is no file files/license.txt in this project`,
  ]);
});

test("a folder is no file, and a file no folder; what is near is suggested as it would be written", async () => {
  const files = ["workspace-templates/docker", "workspace-templates/dockers/main.tf", "files/license.txt/a"];
  const dir = project(
    { "acme.yaml": named },
    ...files,
    "files/licence.txt",
    "invitations/freindly/body.html",
  );
  expect((await validate(dir, [])).problems.map(({ suggestion }) => suggestion)).toEqual([
    "workspace-templates/dockers",
    "freindly",
    "files/licence.txt",
  ]);
});

test("nothing is said when all of it is there, and of tenants that name nothing", async () => {
  const files = ["workspace-templates/docker/main.tf", "files/license.txt", "invitations/friendly/body.html"];
  expect(await linesOf(project({ "acme.yaml": named }, ...files))).toEqual([]);
  expect(await linesOf(project({ "acme.yaml": head }))).toEqual([]);
});

test("what a plan names is told once, in the plan; of some files, only what they are made of", async () => {
  const plan = "workspaces: { templates: [{ name: dev, folder: nowhere }] }\n";
  const other = head.replace("id: acme", "id: globex");
  const dir = project({ "plans/basic.yaml": plan, "acme.yaml": head, "globex.yaml": other });
  const line =
    "tenants/plans/basic.yaml:1:48 workspaces.templates[0].folder: there is no folder nowhere in this project";
  expect(await linesOf(dir)).toEqual([line]);
  expect(await linesOf(dir, `${dir}/globex.yaml`)).toEqual([line]);
  const own = project({ "acme.yaml": named, "globex.yaml": other });
  expect(await linesOf(own, `${own}/globex.yaml`)).toEqual([]);
  expect(await linesOf(project({}), `${own}/acme.yaml`)).toHaveLength(3);
});
