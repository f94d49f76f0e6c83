import { z } from "zod";
import { name, occasion, pattern, secretReference, teamId } from "../patterns.ts";
import { hookUrlPattern } from "../web-address.ts";

/** Both a part of a workspace's name and, after `environment:`, a tag (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/workspaces). */
const environmentName = pattern(
  /^[a-z][a-z0-9-]{0,28}[a-z0-9]$/,
  "an environment's name such as dev or prod-eu: 2 to 30 lower-case letters, digits and hyphens",
);

const key = pattern(/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/, "a variable's name, such as region or AWS_REGION");

const variable = z.strictObject({
  key: key.describe("The variable's name."),
  value: z.string().optional().describe("Its value, which everyone in the project may see."),
  secret: secretReference
    .optional()
    .describe("Where its value is, instead of `value`: env:NAME. Terraform Cloud gives it back to nobody."),
  category: z
    .enum(["terraform", "env"])
    .default("terraform")
    .describe("terraform: an input variable. env: a variable of Terraform's process."),
  hcl: z.boolean().default(false).describe("true: the value is HCL, such as a list, not a text."),
  description: name.max(512).default("").describe("What it is for."),
});

const variables = z.array(variable).default([]);
const environments = z.array(environmentName);

const environment = z.strictObject({
  name: environmentName.describe("The environment's name. Its workspace is called `<tenant>-<name>`."),
  repository: pattern(
    /^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,39}\/)?[A-Za-z0-9._-]{1,100}$/,
    "one of the tenant's repositories, or another as owner/name",
  )
    .optional()
    .describe(
      "The GitHub repository with its code: one of `sourceControl.repositories`, or owner/name. Default: runs are started by hand or by API.",
    ),
  branch: name.max(100).optional().describe("The branch that is applied. Default: the repository's default."),
  workingDirectory: pattern(
    /^(?!\/)(?!(?:.*\/)?\.{1,2}(?:\/|$))[A-Za-z0-9._/-]{0,200}$/,
    "a folder of the repository, without / first and without ..",
  )
    .default("")
    .describe("The folder with its code. Default: the repository's own."),
  terraformVersion: z
    .string()
    .min(1)
    .max(30)
    .optional()
    .describe("As `delivery.terraformVersion`, for this one."),
  autoApply: z
    .boolean()
    .optional()
    .describe("Whether a plan is applied without asking. Default: yes, but never in production (`prod…`)."),
  after: environments.default([]).describe("The environments whose applied runs start one here."),
  variables: variables.describe("Variables of this environment alone."),
});

const variableSet = z.strictObject({
  name: teamId.describe("The set's name. In Terraform Cloud it is `<tenant>-<name>`."),
  description: name.max(512).default("").describe("What is in it."),
  environments: environments.optional().describe("Who has it. Default: every workspace of the project."),
  variables: variables.describe("Its variables."),
});

const team = z.strictObject({
  name: teamId.describe("The team's name. In Terraform Cloud it is `<tenant>-<name>`."),
  access: z
    .enum(["read", "write", "maintain", "admin"])
    .describe("What it may do in the project and all of its workspaces."),
  ssoTeamId: name.max(255).optional().describe("The team's id in single sign-on, by which people join it."),
});

/** What a workspace tells of (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/notification-configurations). */
const triggers = [
  "run:created",
  "run:planning",
  "run:needs_attention",
  "run:applying",
  "run:completed",
  "run:errored",
  "assessment:drifted",
  "assessment:check_failure",
  "assessment:failed",
] as const;

const notification = z.strictObject({
  name: teamId.describe("The notification's name."),
  url: pattern(hookUrlPattern, "an https:// address, or http:// for localhost").describe(
    "Where it is posted to. The secret that signs it (HMAC-SHA512) is made for you, among the tenant's access details.",
  ),
  triggers: z
    .array(z.enum(triggers))
    .min(1)
    .default(["run:needs_attention", "run:completed", "run:errored"])
    .describe("What it tells of."),
  environments: environments.optional().describe("Whose runs it tells of. Default: all."),
  enabled: z.boolean().default(true).describe("Whether it is sent at all."),
  rotation: occasion.optional().describe("Any text. A new text makes a new secret."),
});

export const delivery = z.strictObject({
  project: pattern(/^[\w-][\w -]{1,38}[\w-]$/, "a project's name: 3 to 40 letters, digits, spaces, - and _")
    .optional()
    .describe("The project's name. Default: `tenant-<id>`."),
  terraformVersion: z
    .string()
    .min(1)
    .max(30)
    .default("~> 1.9")
    .describe("The version of Terraform, such as 1.9.8 or ~> 1.9."),
  environments: z
    .array(environment)
    .default([])
    .describe(
      "The tenant's environments: a workspace each. None: the tenant has no part of Terraform Cloud.",
    ),
  variableSets: z.array(variableSet).default([]).describe("Variables that several environments share."),
  teams: z.array(team).default([]).describe("Who may do what in the project."),
  notifications: z.array(notification).default([]).describe("Addresses that hear of runs."),
});

/** Whether nothing may be applied there without somebody's word. */
export function isProduction(environment: string): boolean {
  return environment.startsWith("prod");
}
