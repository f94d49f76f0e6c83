import { type BrokenFile, head } from "./smallest-file.ts";

/** The head and environments of Terraform Cloud below it, from line 8 on. */
const file = (name: string, lines: string, ...problems: string[]): BrokenFile => ({
  name,
  text: `${head}delivery:\n  environments:\n${lines}\n`,
  problems,
});
const dev = "    - { name: dev }\n";

/** Files with mistakes in what Terraform Cloud has of a tenant. */
export const brokenDelivery: readonly BrokenFile[] = [
  file(
    "an environment's name in upper case",
    "    - { name: Dev }",
    `8:15 delivery.environments[0].name: "Dev" is not an environment's name such as dev or prod-eu: 2 to 30 lower-case letters, digits and hyphens; did you mean dev?`,
  ),
  file(
    "an environment twice",
    `${dev}    - { name: dev }`,
    `9:15 delivery.environments[1].name: "dev" is there twice; every environment's name must be different; see tenants/acme.yaml:8:15`,
  ),
  file(
    "production that applies by itself",
    "    - { name: prod-eu, autoApply: true }",
    "8:35 delivery.environments[0].autoApply: production is applied by somebody, never by itself; leave `autoApply` out",
  ),
  file(
    "an environment after one that isn't",
    `${dev}    - { name: prod, after: [develop] }`,
    `9:29 delivery.environments[1].after[0]: "develop" is not one of this tenant's environments; allowed: dev, prod`,
  ),
  file(
    "an environment after itself",
    "    - { name: dev, after: [dev] }",
    `8:28 delivery.environments[0].after[0]: "dev" can't come after itself`,
  ),
  file(
    "a repository that the tenant doesn't have",
    "    - { name: dev, repository: infra }",
    `8:32 delivery.environments[0].repository: "infra" is not one of this tenant's repositories`,
  ),
  file(
    "a folder out of the repository",
    "    - { name: dev, workingDirectory: ../x }",
    '8:38 delivery.environments[0].workingDirectory: "../x" is not a folder of the repository, without / first and without ..',
  ),
  file(
    "a variable without a value",
    "    - { name: dev, variables: [{ key: a }] }",
    "8:32 delivery.environments[0].variables[0]: has no value: `value` holds it, or `secret` names it",
  ),
  file(
    "a variable with a value and a secret",
    "    - { name: dev, variables: [{ key: a, value: b, secret: env:A }] }",
    "8:52 delivery.environments[0].variables[0].secret: has both `value` and `secret`; keep one of them",
  ),
  file(
    "a variable twice, once of each category",
    "    - { name: dev, variables: [{ key: a, value: b }, { key: a, value: b, category: env }, { key: a, value: c }] }",
    `8:98 delivery.environments[0].variables[2].key: "a (terraform)" is there twice; every variable's name must be different; see tenants/acme.yaml:8:39`,
  ),
  file(
    "a secret in the file",
    "    - { name: dev, variables: [{ key: a, secret: hush }] }",
    '8:50 delivery.environments[0].variables[0].secret: "hush" is not a reference to a secret, env:NAME, never the secret itself',
  ),
  file(
    "a set for an environment that isn't",
    `${dev}  variableSets: [{ name: set, environments: [qa] }]`,
    `9:46 delivery.variableSets[0].environments[0]: "qa" is not one of this tenant's environments; allowed: dev`,
  ),
  file(
    "a team twice",
    `${dev}  teams: [{ name: ops, access: read }, { name: ops, access: write }]`,
    `9:48 delivery.teams[1].name: "ops" is there twice; every team's name must be different; see tenants/acme.yaml:9:19`,
  ),
  file(
    "a notification by plain http",
    `${dev}  notifications: [{ name: hook, url: http://h.example }]`,
    '9:38 delivery.notifications[0].url: "http://h.example" is not an https:// address, or http:// for localhost',
  ),
];
