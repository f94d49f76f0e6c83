import type { Finding } from "../finding.ts";
import { usesService } from "../tenant.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";
import { references } from "./references.ts";

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

/** Gitea's organization, teams and repositories. */
export function sourceControlRules(tenant: Draft): Finding[] {
  const repositories = tenant.sourceControl?.repositories ?? [];
  const teams = (tenant.teams ?? []).map(({ id }) => id);
  return [
    ...(usesService(tenant, "sourceControl") ? [...organizationRules(tenant), ...teamRules(tenant)] : []),
    ...duplicates(
      "repository's name",
      // Gitea ignores case.
      repositories.map(({ name }, index) => ({
        value: name?.toLowerCase(),
        path: ["sourceControl", "repositories", index, "name"],
      })),
    ),
    ...repositories.flatMap((repository, index) => repositoryRules(repository, index, teams)),
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

type Repository = NonNullable<NonNullable<Draft["sourceControl"]>["repositories"]>[number];

function repositoryRules(
  repository: Repository,
  index: number,
  teams: readonly (string | undefined)[],
): Finding[] {
  const at = ["sourceControl", "repositories", index];
  const { files = [], labels = [], topics = [], webhooks = [], deployKeys = [] } = repository;
  const named = Object.keys(repository.teams ?? {}).map((team) => ({
    value: team,
    path: [...at, "teams", team],
  }));
  return [
    ...references("team", teams, named, "key"),
    ...duplicates(
      "topic",
      topics.map((value, position) => ({ value, path: [...at, "topics", position] })),
    ),
    ...duplicates(
      "label's name",
      labels.map(({ name }, position) => ({ value: name, path: [...at, "labels", position, "name"] })),
    ),
    ...duplicates(
      "file's path",
      files.map(({ path }, position) => ({ value: path, path: [...at, "files", position, "path"] })),
    ),
    ...files.flatMap((file, position) => contentRules(file, [...at, "files", position])),
    ...duplicates(
      "webhook's address",
      webhooks.map(({ url }, position) => ({ value: url, path: [...at, "webhooks", position, "url"] })),
    ),
    ...duplicates(
      "deploy key's title",
      deployKeys.map(({ title }, position) => ({
        value: title,
        path: [...at, "deployKeys", position, "title"],
      })),
    ),
  ];
}

function contentRules(
  { content, source }: NonNullable<Repository["files"]>[number],
  path: Finding["path"],
): Finding[] {
  if (content === undefined && source === undefined) {
    const message = "has no text: `content` holds it, or `source` names a file of this project";
    return [{ code: "file-without-content", message, path }];
  }
  if (content === undefined || source === undefined) return [];
  const message = "has both `content` and `source`; keep one of them";
  return [{ code: "file-with-two-contents", message, path: [...path, "source"], at: "key" }];
}
