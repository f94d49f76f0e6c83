import { z } from "zod";
import { adopt, duration, name, pattern, projectPath } from "../patterns.ts";

/** `NameValid` in Coder's codersdk/name.go, and lower case so that two names never differ in case alone. */
export const coderName = pattern(
  /^(?!(?:new|create)$)(?=.{1,32}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
  "a name in Coder: 1 to 32 lower-case letters and digits with single hyphens between them, not `new` or `create`",
);

const parameters = z.record(z.string(), z.string());

const template = z.strictObject({
  name: coderName.describe("The template is named `<id>-<name>`."),
  folder: projectPath.describe("The folder of this project that holds the template's Terraform files."),
  displayName: name.max(64).optional().describe("The name that people read. Default: the name."),
  description: name.max(127).default("").describe("What a workspace of it is good for."),
  variables: parameters.default({}).describe("Values for the template's Terraform variables. No secrets."),
});

const minute = String.raw`(?:[0-5]?[0-9])`;
const hour = String.raw`(?:[01]?[0-9]|2[0-3])`;
const days = "(?:[0-6]|0-[1-6]|1-[2-6]|2-[3-6]|3-[4-6]|4-[56]|5-6)";

/** Coder takes a minute and an hour, and days of the week (coderd/schedule/cron). */
const schedule = pattern(
  new RegExp(String.raw`^${minute} ${hour} \* \* (?:\*|${days}(?:,${days})*)$`),
  "a time of day and days of the week in cron's form, such as 0 8 * * 1-5",
);

const personal = z.strictObject({
  template: z.string().describe("The name of one of `templates`."),
  name: coderName.default("dev").describe("The name of each person's workspace."),
  parameters: parameters.default({}).describe("Values for the template's parameters."),
  autostart: z
    .strictObject({
      schedule: schedule.describe(
        "When workspaces start: minute, hour, * * and days of the week, 0 (Sunday) to 6.",
      ),
      timezone: pattern(
        /^(?:UTC|[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z0-9_+-]*){1,2})$/,
        "a time zone such as Europe/Berlin, or UTC",
      )
        .default("UTC")
        .describe("The time zone of the schedule."),
    })
    .optional()
    .describe("Start workspaces by themselves. Default: people start theirs."),
  stopAfter: duration
    .optional()
    .describe(
      "How long after its start a workspace stops, 1 minute to 30 days. Default: as the template has it.",
    ),
});

export const workspaces = z.strictObject({
  organization: coderName
    .optional()
    .describe(
      "An organization of the tenant's own. Premium servers only. Default: the server's default one.",
    ),
  groups: z
    .boolean()
    .default(false)
    .describe("Whether each of `teams` is a group, too. Premium servers only."),
  templates: z.array(template).default([]).describe("What workspaces are made from."),
  personal: personal.optional().describe("A workspace for each person."),
  adopt: adopt.describe("Take over an organization and templates of these names that exist already."),
});
