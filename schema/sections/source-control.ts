import { z } from "zod";
import { adopt, pattern } from "../patterns.ts";
import { repository } from "./repository.ts";

/** Gitea's usernames (`IsValidUsername` in modules/validation/helpers.go) without _, so that no person's account can have the name. */
const organizationName = pattern(
  /^(?=.{1,40}$)[a-z0-9]+(?:[.-][a-z0-9]+)*$/,
  "an organization's name: 1 to 40 lower-case letters and digits with single hyphens or dots between them",
);

export const sourceControl = z.strictObject({
  system: z.enum(["gitea", "github"]).default("gitea").describe("Where the repositories are."),
  organization: organizationName
    .optional()
    .describe(
      "The organization's name. Default: in Gitea, where it is made, the tenant's id; in GitHub the environment's, which is there already.",
    ),
  repositories: z.array(repository).default([]).describe("The organization's repositories."),
  adopt: adopt.describe(
    "Take over an organization and repositories of these names that exist already. Not in GitHub.",
  ),
});
