import { z } from "zod";
import { listAll } from "../providers/github/api.ts";
import { ApiFailure } from "../providers/http/api-failure.ts";
import type { Reader } from "../providers/http/reader.ts";
import { Failure } from "../report/failure.ts";
import type { Repository, Unread } from "./facts.ts";
import { type OnRead, readEach } from "./read-each.ts";

/** https://docs.github.com/en/rest/repos/repos#list-organization-repositories; older servers leave the last ones out. */
const listed = z.object({
  name: z.string(),
  full_name: z.string(),
  html_url: z.string(),
  description: z.string().nullish(),
  topics: z.array(z.string()).default([]),
  archived: z.boolean(),
  fork: z.boolean(),
  default_branch: z.string(),
  disabled: z.boolean().default(false),
  is_template: z.boolean().default(false),
});

const tree = z.object({
  tree: z.array(z.object({ path: z.string(), type: z.string() })),
  truncated: z.boolean().default(false),
});
const content = z.object({ encoding: z.string(), content: z.string() });

/** Where Backstage looks for a repository's entities. */
const catalogFiles = ["catalog-info.yaml", "catalog-info.yml"];

/** What is wrong with one repository only; with anything else there is no point in going on. */
const ofOneOnly = ["missing-privilege", "request-refused", "unexpected-answer", "conflict"];

interface GithubFacts {
  readonly repositories: readonly Repository[];
  readonly unread: readonly Unread[];
}

/**
 * Reads the repositories of an organization: a call for each hundred of them, one for the files of each that is in use, and one
 * where there is a `catalog-info.yaml`. Archived ones, forks and templates cost nothing.
 *
 * Throws a {@link Failure} `organization-missing`, and those of `ApiClient`.
 */
export async function readGithub(api: Reader, organization: string, onRead: OnRead): Promise<GithubFacts> {
  const base = `/orgs/${encodeURIComponent(organization)}`;
  if ((await api.get(base, z.object({ login: z.string() }))) === undefined) {
    throw new Failure(
      "organization-missing",
      `there is no organization ${organization}, or the token can't see it`,
      {
        system: "GitHub",
        fix: "check its name; of private repositories the token needs to read contents and metadata",
      },
    );
  }
  const all = await listAll(api, `${base}/repos?type=all&sort=full_name&direction=asc`, listed);
  const unread: Unread[] = [];
  const repositories = await readEach(all, onRead, async (repository) => ({
    ...known(repository),
    ...(await lookInto(api, repository, unread)),
  }));
  return { repositories, unread };
}

type Listed = z.output<typeof listed>;

function known(repository: Listed): Omit<Repository, "files" | "catalogInfo"> {
  const { name, full_name, html_url, description, is_template, topics, archived, disabled, fork } =
    repository;
  return {
    ...{ name, fullName: full_name, url: html_url, description: description ?? undefined },
    ...{ topics, archived, disabled, fork, template: is_template },
  };
}

/** The files of a repository that is in use. What can't be read goes into `unread`. */
async function lookInto(
  api: Reader,
  { full_name, default_branch, archived, disabled, fork, is_template }: Listed,
  unread: Unread[],
): Promise<Pick<Repository, "files" | "catalogInfo">> {
  if (archived || disabled || fork || is_template) return { files: [], catalogInfo: undefined };
  const base = `/repos/${full_name}`;
  try {
    const found = await filesOf(api, `${base}/git/trees/${encodeURIComponent(default_branch)}?recursive=1`);
    if (found.truncated)
      unread.push({ what: `${full_name}: files`, why: "there are too many; some were seen" });
    const path = catalogFiles.find((name) => found.files.includes(name));
    if (path === undefined) return { files: found.files, catalogInfo: undefined };
    const file = await api.get(`${base}/contents/${path}`, content);
    if (file?.encoding === "base64")
      return {
        files: found.files,
        catalogInfo: { path, text: Buffer.from(file.content, "base64").toString() },
      };
    unread.push({ what: `${full_name}: ${path}`, why: "it is larger than a megabyte" });
    return { files: found.files, catalogInfo: undefined };
  } catch (error) {
    if (!(error instanceof ApiFailure) || !ofOneOnly.includes(error.code)) throw error;
    unread.push({ what: `${full_name}: files`, why: error.message });
    return { files: [], catalogInfo: undefined };
  }
}

/** The files on a branch; none in a repository without a commit, which GitHub answers with 404 or 409. */
async function filesOf(api: Reader, path: string): Promise<{ files: string[]; truncated: boolean }> {
  const none = { tree: [], truncated: false };
  const found = await api.get(path, tree).catch((error: unknown) => {
    if (error instanceof ApiFailure && error.status === 409) return none;
    throw error;
  });
  const { tree: entries, truncated } = found ?? none;
  return { files: entries.flatMap((entry) => (entry.type === "blob" ? [entry.path] : [])), truncated };
}
