import { z } from "zod";
import { policy } from "../policy.ts";
import { gitea } from "../types.ts";

export const organizationVisibility = policy({
  name: "organization-visibility",
  system: "Gitea",
  severity: "mandatory",
  demand: "only who is signed in learns of a tenant's organization and its repositories",
  reason: "The names of repositories and people are the first that an attacker collects.",
  remedy: "set `visibility: private` for the repository in `sourceControl.repositories`",
  types: [gitea.organization],
  inputs: { visibility: z.enum(["private", "limited", "public"]).default("private") },
  check: ({ visibility }) => [visibility === "public" && "everybody can see the organization"],
});
