import type { Finding } from "../finding.ts";
import { giteaEvents } from "../sections/repository.ts";
import type { Draft } from "./draft.ts";
import { eventRules, repositoriesOf } from "./repositories-of.ts";
import { isOn } from "./source-control-system.ts";

/** `reservedUsernames` in Gitea's models/user/user.go, less those that can't be written here. */
const reservedNames = [
  "api",
  "metrics",
  "v2",
  "assets",
  "attachments",
  "avatar",
  "avatars",
  "repo-avatars",
  "captcha",
  "login",
  "org",
  "repo",
  "user",
  "explore",
  "issues",
  "pulls",
  "milestones",
  "notifications",
  "favicon.ico",
  "manifest.json",
  "robots.txt",
  "sitemap.xml",
  "swagger.v1.json",
  "ghost",
  "gitea-actions",
];

/** The teams that roles have in an organization, and what Gitea keeps for itself. */
const reservedTeams = ["admins", "application-managers", "developers", "auditors", "owners", "new"];

/** What only Gitea refuses. */
export function giteaRules(tenant: Draft): Finding[] {
  return [
    ...(isOn(tenant, "gitea") ? [...organizationRules(tenant), ...teamRules(tenant)] : []),
    ...repositoriesOf(tenant).flatMap(({ repository, at }) => [
      ...eventRules(repository, at, "Gitea", giteaEvents),
      ...permissionRules(repository, at),
      ...actionsRules(repository, at),
    ]),
  ];
}

function organizationRules({ id, sourceControl }: Draft): Finding[] {
  const name = sourceControl?.organization ?? id;
  const declared = sourceControl?.organization !== undefined;
  if (name === undefined || !reservedNames.includes(name)) return [];
  const cure = declared ? "choose another name" : "set `sourceControl.organization`";
  return [
    {
      code: "reserved-name",
      message: `${JSON.stringify(name)} can't be an organization in Gitea: the name is reserved; ${cure}`,
      path: declared ? ["sourceControl", "organization"] : ["id"],
      found: JSON.stringify(name),
    },
  ];
}

function teamRules({ teams = [] }: Draft): Finding[] {
  // A team that has several permissions is several teams there: one for each but the lowest is named after it.
  const ofOthers = teams.flatMap(({ id }) => (id === undefined ? [] : [`${id}-write`, `${id}-admin`]));
  const reserved = new Set([...reservedTeams, ...ofOthers]);
  return teams.flatMap(({ id }, index): Finding[] => {
    if (id === undefined || !reserved.has(id)) return [];
    const found = JSON.stringify(id);
    const message = `${found} is reserved: another team in Gitea has this name`;
    return [{ code: "reserved-team", message, path: ["teams", index, "id"], found }];
  });
}

type Repository = ReturnType<typeof repositoriesOf>[number]["repository"];

function permissionRules({ teams = {} }: Repository, at: Finding["path"]): Finding[] {
  return Object.entries(teams).flatMap(([team, permission]): Finding[] => {
    if (permission !== "triage" && permission !== "maintain") return [];
    const message = `"${permission}" is a permission of GitHub alone`;
    const allowed = ["read", "write", "admin"];
    return [{ code: "permission", message, path: [...at, "teams", team], found: `"${permission}"`, allowed }];
  });
}

function actionsRules({ actions }: Repository, at: Finding["path"]): Finding[] {
  if (Object.keys({ ...actions?.variables, ...actions?.secrets }).length === 0) return [];
  const message = "is for GitHub Actions, and these repositories are in Gitea; leave it out";
  return [{ code: "github-only", message, path: [...at, "actions"], at: "key" }];
}
