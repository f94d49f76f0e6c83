import { describe, expect, test } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { type Drafted, draftUnits } from "../../../discovery/draft-units.ts";
import type { Facts } from "../../../discovery/facts.ts";
import { findUnits } from "../../../discovery/find-units.ts";
import { writeDraft } from "../../../discovery/write-draft.ts";
import { repositoryFact, workspaceFact } from "../../support/discovery-facts.ts";
import { tenantsFolder } from "../schema/tenants-folder.ts";

const unit = (id: string, more: object = {}): Facts["repositories"][number] =>
  repositoryFact(`bu-${id}-infrastructure`, more);

/** What becomes of the units in some repositories, beside some tenants. */
async function drafted(
  { repositories = [], workspaces = [] }: Partial<Facts>,
  tenants: Readonly<Record<string, string>> = {},
): Promise<readonly Drafted[]> {
  const root = dirname(tenantsFolder({ "defaults.yaml": "region: eu\n", ...tenants }));
  const { units } = findUnits({ repositories, workspaces }, 0.8);
  return draftUnits(units, { root, out: join(root, "drafts"), threshold: 0.8 });
}
const textOf = (outcome: Drafted | undefined): string => (outcome?.state === "new" ? outcome.text : "");
const states = (all: readonly Drafted[]): string[] => all.map(({ unit: { id }, state }) => `${id} ${state}`);

describe("a unit that is a tenant already isn't drafted", () => {
  const tenant = (id: string, more = ""): string => `version: 1\nid: ${id}\nname: X\nplan: basic\n${more}`;

  test("by the fingerprint of its id", async () => {
    const all = await drafted(
      { repositories: [unit("human-resources"), unit("finance")] },
      { "x.yaml": tenant("humanresources") },
    );
    expect(states(all)).toEqual(["finance new", "human-resources tenant"]);
    expect(all[1]).toMatchObject({ tenant: { tenant: "humanresources", file: "tenants/x.yaml" } });
  });

  test("by a repository that the tenant's file names", async () => {
    const named = (organization: string): string =>
      tenant(
        "money",
        `sourceControl:\n  system: github\n  organization: ${organization}\n  repositories: [{ name: BU-finance-infrastructure }]\n`,
      );
    const repositories = [unit("finance")];
    expect(states(await drafted({ repositories }, { "x.yaml": named("acme") }))).toEqual(["finance tenant"]);
    expect(states(await drafted({ repositories }, { "x.yaml": named("other") }))).toEqual(["finance new"]);
  });
});

test("a draft that would not be valid is told, with its problems, and the others are drafted", async () => {
  const all = await drafted({ repositories: [unit("plans"), unit("finance")] });
  expect(states(all)).toEqual(["finance new", "plans invalid"]);
  expect(all[1]).toMatchObject({ problems: [{ code: "reserved-name", path: "id" }] });
});

test("a domain that two units claim, or a tenant has, is in no draft", async () => {
  const workspaces = (["finance", "legal", "tax"] as const).map((id) =>
    workspaceFact(`${id}-prod`, {
      repository: `acme/bu-${id}-infrastructure`,
      outputs: { domain: id === "tax" ? "tenants.example" : "both.example", domain_name: `${id}.example` },
    }),
  );
  const all = await drafted(
    { repositories: [unit("finance"), unit("legal"), unit("tax")], workspaces },
    { "x.yaml": "version: 1\nid: x-tenant\nname: X\nplan: basic\ndomains: [tenants.example]\n" },
  );
  expect(states(all)).toEqual(["finance new", "legal new", "tax new"]);
  expect(all.map((each) => (parse(textOf(each)) as { domains: string[] }).domains)).toEqual([
    ["finance.example"],
    ["legal.example"],
    ["tax.example"],
  ]);
});

test("what others wrote stays in its place, whatever it holds", async () => {
  const title = '"Finance: #1 \\u001b[31m & {co}\\n\\nusers: []"';
  const catalogInfo = {
    path: "catalog-info.yaml",
    text: `apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: { name: finance, title: ${title} }\nspec: { type: business-unit }\n`,
  };
  const description = "no: yes # - [x]\u2028*&!";
  const [outcome] = await drafted({
    repositories: [unit("finance", { catalogInfo, description, topics: ["business-unit", "1e3"] })],
  });
  expect(outcome?.state).toBe("new");
  const draft = textOf(outcome);
  expect(draft).not.toContain("\u001b");
  expect(parse(draft)).toEqual({
    version: 1,
    id: "finance",
    kind: "businessUnit",
    // A name has one line: this title is none.
    name: "Finance",
    plan: "basic",
    sourceControl: {
      system: "github",
      organization: "acme",
      repositories: [{ name: "bu-finance-infrastructure", description, topics: ["business-unit", "1e3"] }],
    },
  });
});

test("duplicates and what speaks against it are said in the draft", async () => {
  const domain =
    "apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: { name: finance }\nspec: { type: business-unit }\n";
  const copy = repositoryFact("finance-copy", { catalogInfo: { path: "catalog-info.yaml", text: domain } });
  const workspaces = [
    workspaceFact("w", { repository: "acme/bu-finance-infrastructure", tags: ["tenant:treasury"] }),
  ];
  const [outcome, ...rest] = await drafted({ repositories: [copy, unit("finance")], workspaces });
  expect(rest).toEqual([]);
  expect(textOf(outcome)).toContain("# This unit, too, by confidence 80 %: acme/finance-copy\n");
  expect(textOf(outcome)).toContain("# It is another unit's by workspace-tags: tag tenant:treasury");
});

test("a unit that only workspaces tell of has no repository in its draft", async () => {
  const workspaces = ["dev", "prod"].map((stage) =>
    workspaceFact(`money-${stage}`, {
      tags: ["tenant:finance"],
      outputs: { business_unit: "Finance", region: "eu" },
    }),
  );
  const [outcome, ...rest] = await drafted({ workspaces });
  expect(rest).toEqual([]);
  expect(outcome?.unit).toMatchObject({ id: "finance", confidence: 0.88, repository: undefined });
  expect(outcome?.unit.workspaces.map(({ name }) => name)).toEqual(["money-dev", "money-prod"]);
  expect(parse(textOf(outcome))).toEqual({
    ...{ version: 1, id: "finance", kind: "businessUnit", name: "Finance", plan: "basic", region: "eu" },
  });
});

test("a file that is there is never written over, nor a folder made of one", () => {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-draft-"));
  const file = join(folder, "deep", "finance.yaml");
  expect(writeDraft(file, "first")).toBe(true);
  expect(writeDraft(file, "second")).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("first");
  const blocked = join(dirname(file), "blocked");
  writeFileSync(blocked, "");
  expect(() => writeDraft(join(blocked, "x.yaml"), "")).toThrow(/can't be written: (?:ENOTDIR|EEXIST)/);
  rmSync(folder, { recursive: true });
});
