import type { Finding } from "../finding.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";
import { giteaRules } from "./gitea-rules.ts";
import { githubRules } from "./github-rules.ts";
import { references } from "./references.ts";
import { sourceControlSystem } from "./source-control-system.ts";

/** Repositories, and what the system that they are in makes of them. */
export function sourceControlRules(tenant: Draft): Finding[] {
  const repositories = tenant.sourceControl?.repositories ?? [];
  const teams = (tenant.teams ?? []).map(({ id }) => id);
  return [
    ...(sourceControlSystem(tenant) === "github" ? githubRules(tenant) : giteaRules(tenant)),
    ...duplicates(
      "repository's name",
      // Both systems ignore case.
      repositories.map(({ name }, index) => ({
        value: name?.toLowerCase(),
        path: ["sourceControl", "repositories", index, "name"],
      })),
    ),
    ...repositories.flatMap((repository, index) => repositoryRules(repository, index, teams)),
  ];
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
