import { expect, test } from "@jest/globals";
import { loadFleet } from "../../../schema/load-fleet.ts";
import { problemLine } from "../../../schema/print-problems.ts";
import { validate } from "../../../schema/validate.ts";
import { tenantsFolder } from "./tenants-folder.ts";

const tenant = (id: string, more = ""): string =>
  `version: 1\nid: ${id}\nname: X\nplan: basic\nregion: eu\n${more}`;
const linesOf = async (files: Record<string, string>): Promise<string[]> =>
  (await loadFleet(tenantsFolder(files))).problems.map(problemLine);

test.each([
  [
    "domain",
    "domains: [shared.example]\n",
    "domains[0]",
    "6:11",
    '"shared.example" is already the domain of a1',
  ],
  [
    "GitHub organization, in another case",
    "organizations: {github: Shared}\n",
    "organizations.github",
    "6:25",
    '"shared" is already the GitHub organization of a1',
  ],
  [
    "Terraform Cloud organization",
    "organizations: {terraformCloud: shared}\n",
    "organizations.terraformCloud",
    "6:33",
    '"shared" is already the Terraform Cloud organization of a1',
  ],
  [
    "Google Cloud organization",
    "organizations: {googleCloud: shared}\n",
    "organizations.googleCloud",
    "6:30",
    '"shared" is already the Google Cloud organization of a1',
  ],
  ["realm", "identity: {realm: shared}\n", "identity.realm", "6:19", '"shared" is already the realm of a1'],
  [
    "database",
    "database: {name: shared}\n",
    "database.name",
    "6:18",
    '"shared" is already the database of a1',
  ],
])("two tenants can't have one %s", async (_name, more, path, at, message) => {
  const lines = await linesOf({
    "a1.yaml": tenant(
      "a1",
      more.toLowerCase().replace("terraformcloud", "terraformCloud").replace("googlecloud", "googleCloud"),
    ),
    "b2.yaml": tenant("b2", more),
  });
  expect(lines).toEqual([`tenants/b2.yaml:${at} ${path}: ${message}; see tenants/a1.yaml:${at}`]);
});

test("a name that is another's by default is taken too", async () => {
  const lines = await linesOf({
    "a1.yaml": tenant("a1", "database: {name: b2}\n"),
    "b2.yaml": tenant("b2"),
    "c3.yaml": tenant("c3", "identity: {realm: a1}\n"),
  });
  expect(lines).toEqual([
    'tenants/b2.yaml:2:5 id: "b2" is already the database of a1; see tenants/a1.yaml:6:18',
    'tenants/c3.yaml:6:19 identity.realm: "a1" is already the realm of a1; see tenants/a1.yaml:2:5',
  ]);
});

test("two files with one id are told once, wherever they are", async () => {
  expect(await linesOf({ "a1.yaml": tenant("a1"), "europe/copy.yaml": tenant("a1") })).toEqual([
    'tenants/europe/copy.yaml:2:5 id: "a1" is already the id of another tenant; see tenants/a1.yaml:2:5',
  ]);
});

test("a file whose shape is wrong still counts for the others", async () => {
  const lines = await linesOf({
    "a1.yaml": tenant("a1", "kind: x\ndomains: [shared.example]\n"),
    "b2.yaml": tenant("b2", "domains: [shared.example]\n"),
  });
  expect(lines).toEqual([
    'tenants/a1.yaml:6:7 kind: "x" is not a kind; allowed: tenant, businessUnit',
    'tenants/b2.yaml:6:11 domains[0]: "shared.example" is already the domain of a1; see tenants/a1.yaml:7:11',
  ]);
});

test("parents exist and are business units", async () => {
  const lines = await linesOf({
    "a1.yaml": tenant("a1", "parent: retial\n"),
    "b2.yaml": tenant("b2", "parent: c3\n"),
    "c3.yaml": tenant("c3", "parent: retail\n"),
    "retail.yaml": tenant("retail", "kind: businessUnit\n"),
  });
  expect(lines).toEqual([
    'tenants/a1.yaml:6:9 parent: no tenant has the id "retial"; did you mean retail?',
    "tenants/b2.yaml:6:9 parent: c3 is not a business unit; only those have parts; see tenants/c3.yaml:1:1",
  ]);
});

test("parents don't go round in a circle; a circle is told once", async () => {
  const unit = (id: string, parent: string): string => tenant(id, `kind: businessUnit\nparent: ${parent}\n`);
  const lines = await linesOf({
    "a1.yaml": unit("a1", "b2"),
    "b2.yaml": unit("b2", "c3"),
    "c3.yaml": unit("c3", "a1"),
    "leaf.yaml": tenant("leaf", "parent: a1\n"),
    "zoo.yaml": unit("zoo", "zoo"),
  });
  expect(lines).toEqual([
    "tenants/c3.yaml:7:9 parent: the parents go round in a circle: a1 → b2 → c3 → a1; see tenants/a1.yaml:7:9",
    "tenants/zoo.yaml:7:9 parent: is the tenant itself",
  ]);
});

test("validating some files compares them with all others, and is silent about those", async () => {
  const dir = tenantsFolder({
    "a1.yaml": tenant("a1", "domains: [shared.example]\n"),
    "b2.yaml": tenant("b2", "domains: [shared.example]\n"),
    "c3.yaml": tenant("c3", "kind: x\n"),
  });
  const ofA = await validate(dir, [`${dir}/a1.yaml`]);
  expect(ofA.problems.map(({ file, related }) => [file, related?.file])).toEqual([
    ["tenants/b2.yaml", "tenants/a1.yaml"],
  ]);
  const ofC = await validate(dir, [`${dir}/c3.yaml`]);
  expect(ofC.problems.map(problemLine)).toEqual([
    'tenants/c3.yaml:6:7 kind: "x" is not a kind; allowed: tenant, businessUnit',
  ]);
  const elsewhere = tenantsFolder({ "d4.yaml": tenant("d4", "kind: y\n") });
  const ofD = await validate(dir, [`${elsewhere}/d4.yaml`]);
  expect(ofD.problems.map(({ path, file }) => [path, file])).toEqual([["kind", `${elsewhere}/d4.yaml`]]);
});

const person = (email: string, more = ""): string =>
  `users:\n  - {email: ${email}, firstName: A, lastName: B, role: developer${more}}\n`;

test.each([
  [
    "Mattermost team",
    "services: {collaboration: true}\ncollaboration: {team: shared}\n",
    "collaboration.team",
    "7:23",
    '"shared" is already the Mattermost team of a1',
  ],
  [
    "Gitea organization",
    "services: {sourceControl: true}\nsourceControl: {organization: shared}\n",
    "sourceControl.organization",
    "7:31",
    '"shared" is already the Gitea organization of a1',
  ],
  [
    "Coder organization",
    "workspaces: {organization: shared}\n",
    "workspaces.organization",
    "6:28",
    '"shared" is already the Coder organization of a1',
  ],
  ...(
    [
      ["collaboration", "Mattermost"],
      ["workspaces", "Coder"],
      ["sourceControl", "Gitea"],
    ] as const
  ).map(([service, system]): [string, string, string, string, string] => [
    `person's address in ${system}`,
    person("ada@shared.example", `, services: {${service}: true}`),
    "users[0].email",
    "7:13",
    `"ada@shared.example" is already the ${system} address of a person of a1`,
  ]),
])("two tenants can't have one %s", async (_name, more, path, at, message) => {
  const lines = await linesOf({ "a1.yaml": tenant("a1", more), "b2.yaml": tenant("b2", more) });
  expect(lines).toEqual([`tenants/b2.yaml:${at} ${path}: ${message}; see tenants/a1.yaml:${at}`]);
});

test("a name that is another's by default is taken where both are there at all", async () => {
  const named = "collaboration: {team: b2}\nsourceControl: {organization: b2}\n";
  const on = "services: {collaboration: true, sourceControl: true}\n";
  expect(await linesOf({ "a1.yaml": tenant("a1", on + named), "b2.yaml": tenant("b2", on) })).toEqual([
    'tenants/b2.yaml:2:5 id: "b2" is already the Mattermost team of a1; see tenants/a1.yaml:7:23',
    'tenants/b2.yaml:2:5 id: "b2" is already the Gitea organization of a1; see tenants/a1.yaml:8:31',
  ]);
  expect(await linesOf({ "a1.yaml": tenant("a1", on + named), "b2.yaml": tenant("b2") })).toEqual([]);
});

test("one address may be a person of two tenants in the database and the realm, and in different systems", async () => {
  const lines = await linesOf({
    "a1.yaml": tenant("a1", person("ada@shared.example", ", services: {collaboration: true, crm: true}")),
    "b2.yaml": tenant("b2", person("Ada@shared.example", ", services: {sourceControl: true, crm: true}")),
    "c3.yaml": tenant("c3", person("ada@shared.example")),
  });
  expect(lines).toEqual([]);
});

test("names in Coder don't meet, where an id ends is not to be seen there", async () => {
  const on = "services: {workspaces: true}\n";
  const lines = await linesOf({
    "acme.yaml": tenant(
      "acme",
      `${on}workspaces: {groups: true, templates: [{name: eu-shell, folder: a}]}\nteams: [{id: eu-ops}]\n${person("eu.ada@acme.example")}`,
    ),
    "europe.yaml": tenant(
      "acme-eu",
      `${on}workspaces: {groups: true, templates: [{name: shell, folder: a}]}\nteams: [{id: ops}]\n${person("ada@eu.example")}`,
    ),
  });
  expect(lines).toEqual([
    'tenants/europe.yaml:7:47 workspaces.templates[0].name: "acme-eu-shell" is already the Coder template of acme; see tenants/acme.yaml:7:47',
    'tenants/europe.yaml:8:14 teams[0].id: "acme-eu-ops" is already the Coder group of acme; see tenants/acme.yaml:8:14',
    'tenants/europe.yaml:10:13 users[0].email: "acme-eu-ada" is already the Coder account of a person of acme; see tenants/acme.yaml:10:13',
  ]);
});
