import { certificateRefused, explainBy, type MessageRule, noAnswer } from "../message-rules.ts";
import { system } from "./api.ts";

const rules: readonly MessageRule[] = [
  {
    when: /(?:Error creating|Couldn't create) ([\w -]+?)(?: (?:for|on) [^:]*)?:.*has already been (?:taken|added)/s,
    explain: ([, what = "it"]) => ({
      code: "name-taken",
      message: `Terraform Cloud has ${what} already, and Tenantry did not make it`,
      fix: "remove it there, or choose another name in the tenant's file",
    }),
  },
  {
    when: /has (\d+) resources under management|may either have managed resources in state|workspace is not safe to delete/i,
    explain: ([, count]) => ({
      code: "workspace-in-use",
      message: `a workspace's state has ${count === undefined ? "resources" : `${count} resources`} that would be lost`,
      fix: "destroy them there first (a destroy run), then run this again",
    }),
  },
  {
    when: /\bunauthorized\b/i,
    explain: () => ({
      code: "wrong-token",
      message: "Terraform Cloud does not let the token in",
      fix: "check TFE_TOKEN",
    }),
  },
  {
    when: /\bforbidden\b/i,
    explain: () => ({
      code: "missing-privilege",
      message: "TFE_TOKEN's owner may not do this",
      fix: "let its team manage projects, workspaces and teams of the organization",
    }),
  },
  {
    when: /missing entitlements? to create teams/i,
    explain: () => ({
      code: "capability-missing",
      message: "the organization's plan at Terraform Cloud has no teams",
      fix: "take delivery.teams out of the tenant's file, or use an organization with a plan that has them",
    }),
  },
  {
    when: /resource not found/i,
    explain: () => ({
      code: "not-found",
      message: "what this belongs to isn't at Terraform Cloud, or TFE_TOKEN's owner may not see it",
      fix: "run it with --refresh; check tfe.organization in the environment's file",
    }),
  },
  {
    when: /\b429\b|too many requests|rate limit/i,
    explain: () => ({
      code: "rate-limited",
      message: "Terraform Cloud refuses more than 30 calls a second",
      fix: "wait a while, then run it again, with fewer tenants at once",
    }),
  },
  {
    when: certificateRefused,
    explain: () => ({
      code: "certificate-untrusted",
      message: "Terraform Cloud's certificate is not trusted",
      fix: "add its authority's certificate to the system's store, or mend tfe.url in the environment's file",
    }),
  },
  {
    when: noAnswer,
    explain: () => ({
      code: "server-unreachable",
      message: "Terraform Cloud does not answer",
      fix: "check the address; a local stand-in starts with: npx tenantry local up --with tfe",
    }),
  },
  {
    when: /\b5\d\d\b.*(?:error|unavailable|gateway)|internal server error|bad gateway|service unavailable/is,
    explain: () => ({
      code: "server-error",
      message: "Terraform Cloud failed",
      fix: "see https://status.hashicorp.com, then run it again",
    }),
  },
  {
    when: /invalid attribute\s*\n*\s*([^\n]+)/i,
    explain: ([, detail = ""]) => ({
      code: "request-refused",
      message: `Terraform Cloud refuses it: ${detail.trim()}`,
      fix: "mend the value in the tenant's file",
    }),
  },
];

/** Explains a message of the plugin for Terraform Cloud. */
export const explainTfe = explainBy(rules, system);
