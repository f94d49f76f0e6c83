import { describe, expect, test } from "@jest/globals";
import { catalogInfo } from "../../../discovery/detectors/catalog-info.ts";
import { fileStructure } from "../../../discovery/detectors/file-structure.ts";
import { naming } from "../../../discovery/detectors/naming.ts";
import { stateOutputs } from "../../../discovery/detectors/state-outputs.ts";
import { topics } from "../../../discovery/detectors/topics.ts";
import { workspaceTags } from "../../../discovery/detectors/workspace-tags.ts";
import type { Detector } from "../../../discovery/evidence.ts";
import type { Repository, Workspace } from "../../../discovery/facts.ts";
import { repositoryFact, workspaceFact } from "../../support/discovery-facts.ts";

/** Which units a detector names, with weights: `finance 0.9`. */
function found(
  detect: Detector,
  repository: Repository | undefined,
  workspaces: readonly Workspace[] = [],
): string[] {
  return detect({ repository, workspaces }).map(({ unit, weight }) => `${unit ?? "?"} ${weight}`);
}
const ofRepository = (detect: Detector, name: string, more: Partial<Repository> = {}): string[] =>
  found(detect, repositoryFact(name, more));
const ofWorkspace = (detect: Detector, more: Partial<Workspace>): string[] =>
  found(detect, undefined, [workspaceFact("w", more)]);

describe("naming", () => {
  test.each([
    ["bu-finance-infrastructure", ["finance 0.9"]],
    ["bu-human-resources-infrastructure", ["human-resources 0.9"]],
    ["bu-Human_Resources-infrastructure", ["human-resources 0.9"]],
    ["BU-finance-INFRASTRUCTURE", ["finance 0.9"]],
    ["my-app-frontend", []],
    ["bu-tools", []],
    ["bu-infrastructure", []],
    ["bu--infrastructure", []],
    ["debug-infrastructure", []],
    ["abu-dhabi-infrastructure", []],
    ["bu-finance-infrastructure-archive", []],
    ["bu-finance-infra", []],
    ["bu-shared-infrastructure", []],
    ["bu-1st-infrastructure", []],
    [`bu-${"x".repeat(31)}-infrastructure`, []],
  ])("%s: %j", (name, expected) => {
    expect(ofRepository(naming, name)).toEqual(expected);
  });

  test("says where it looked", () => {
    expect(naming({ repository: repositoryFact("bu-finance-infrastructure"), workspaces: [] })).toEqual([
      {
        detector: "naming",
        unit: "finance",
        weight: 0.9,
        strength: "statement",
        found: "called bu-finance-infrastructure",
        source: { system: "GitHub", place: "acme/bu-finance-infrastructure", field: "name" },
      },
    ]);
  });

  test("a workspace alone has no repository's name", () => {
    expect(found(naming, undefined, [workspaceFact("bu-finance-infrastructure")])).toEqual([]);
  });
});

test.each([
  [
    ["business-unit", "finance"],
    ["finance 0.6", "? 0.3"],
  ],
  [
    ["business-unit", "finance", "platform"],
    ["finance 0.6", "platform 0.6", "? 0.3"],
  ],
  [["business-unit"], ["? 0.3"]],
  [["bu-finance"], ["finance 0.6"]],
  [["business-unit-finance"], ["finance 0.6"]],
  [["finance"], []],
  [["business-units", "finance"], []],
  [["business-unit", "shared"], ["? 0.3"]],
  [[], []],
])("topics %j: %j", (given, expected) => {
  expect(ofRepository(topics, "finance-platform", { topics: given })).toEqual(expected);
});

test.each([
  [["tenant:finance"], ["finance 0.7"]],
  [["Business_Unit:Human_Resources"], ["human-resources 0.7"]],
  [["bu:finance", "prod", "region:eu"], ["finance 0.7"]],
  [
    ["tenant:finance", "tenant:treasury"],
    ["finance 0.7", "treasury 0.7"],
  ],
  [["tenants:finance", "finance", "bu-finance", "tenant:", "tenant:shared", "tenant:*"], []],
])("workspace tags %j: %j", (tags, expected) => {
  expect(ofWorkspace(workspaceTags, { tags })).toEqual(expected);
});

test.each([
  [{ business_unit: "finance" }, ["finance 0.6"]],
  [{ tenant_id: "Human Resources" }, ["human-resources 0.6"]],
  [{ business_unit: "shared" }, []],
  [{ business_unit: "" }, []],
  [{ business_unit: "finance; drop" }, []],
  [{ region: "finance" }, []],
])("state outputs %j: %j", (outputs, expected) => {
  expect(ofWorkspace(stateOutputs, { outputs })).toEqual(expected);
});

test.each([
  [["main.tf", "environments/prod/main.tf"], ["? 0.3"]],
  [["terraform/main.tf", "prod.tfvars"], ["? 0.3"]],
  [["infra/backend.tf"], ["? 0.2"]],
  [["envs/dev/values.tfvars"], ["? 0.2"]],
  [["modules/net/main.tf", "examples/x/main.tf", "README.md"], []],
  [["environments/prod/readme.md", "src/main.ts"], []],
  [[], []],
])("files %j: %j", (files, expected) => {
  expect(ofRepository(fileStructure, "r", { files })).toEqual(expected);
});

describe("catalog-info", () => {
  const head = "apiVersion: backstage.io/v1alpha1\n";
  const label = "labels: { example.com/business-unit: finance }";
  test.each([
    [
      "a Domain by its type",
      `${head}kind: Domain\nmetadata: { name: finance }\nspec: { type: business-unit }`,
      ["finance 0.8"],
    ],
    [
      "a Domain by a tag",
      `${head}kind: Domain\nmetadata: { name: finance, tags: [business-unit] }`,
      ["finance 0.8"],
    ],
    ["any other Domain", `${head}kind: Domain\nmetadata: { name: finance }\nspec: { owner: me }`, []],
    [
      "infrastructure of a unit",
      `${head}kind: Component\nmetadata: { name: x, ${label} }\nspec: { type: infrastructure }`,
      ["finance 0.7"],
    ],
    [
      "a service of a unit",
      `${head}kind: Component\nmetadata: { name: x, ${label} }\nspec: { type: service }`,
      ["finance 0.4"],
    ],
    [
      "an annotation",
      `${head}kind: System\nmetadata: { name: x, annotations: { acme.io/tenant: finance } }`,
      ["finance 0.4"],
    ],
    [
      "another label",
      `${head}kind: System\nmetadata: { name: x, labels: { acme.io/subtenant: finance } }`,
      [],
    ],
    [
      "several entities",
      `${head}kind: Domain\nmetadata: { name: finance }\nspec: { type: business-unit }\n---\n${head}kind: Component\nmetadata: { name: x, ${label} }\n`,
      ["finance 0.8", "finance 0.4"],
    ],
    [
      "an entity of something else",
      `apiVersion: v1\nkind: Domain\nmetadata: { name: finance }\nspec: { type: business-unit }`,
      [],
    ],
    ["no YAML", "kind: [", []],
    ["nothing", "", []],
    ["a list", "- a\n- b\n", []],
    [
      "labels of another shape",
      `${head}kind: System\nmetadata: { name: x, labels: [a], annotations: 5, tags: x }\nspec: 5`,
      [],
    ],
    [
      "aliases without end",
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      [],
    ],
  ])("%s", (_name, text, expected) => {
    expect(ofRepository(catalogInfo, "r", { catalogInfo: { path: "catalog-info.yaml", text } })).toEqual(
      expected,
    );
  });

  test("says which field of which file", () => {
    const text = `${head}kind: Component\nmetadata: { name: x, ${label} }\n`;
    const repository = repositoryFact("r", { catalogInfo: { path: "catalog-info.yml", text } });
    expect(catalogInfo({ repository, workspaces: [] })).toMatchObject([
      { source: { place: "acme/r", field: "catalog-info.yml, example.com/business-unit" } },
    ]);
  });
});
