import type { Facts, Repository, Workspace } from "../../discovery/facts.ts";
import type { Organization } from "./organization.ts";

/** A repository as if it had been read; what isn't said is as in one that nobody did anything to. */
export function repositoryFact(name: string, more: Partial<Repository> = {}): Repository {
  return {
    name,
    fullName: `acme/${name}`,
    url: `https://github.com/acme/${name}`,
    description: undefined,
    topics: [],
    archived: false,
    disabled: false,
    fork: false,
    template: false,
    files: [],
    catalogInfo: undefined,
    ...more,
  };
}

export function workspaceFact(name: string, more: Partial<Workspace> = {}): Workspace {
  return {
    id: `ws-${name}`,
    name,
    fullName: `acme/${name}`,
    tags: [],
    repository: undefined,
    outputs: {},
    ...more,
  };
}

/** What reading an organization should give. */
export function factsOf({ repositories, workspaces }: Organization): Facts {
  return {
    repositories: repositories.map(({ name, topics = [], files = {}, is, description }) => {
      const path = Object.keys(files).find((file) => /^catalog-info\.ya?ml$/.test(file));
      const seen = is === undefined;
      return repositoryFact(name, {
        topics,
        description,
        archived: is === "archived",
        fork: is === "fork",
        template: is === "template",
        files: seen ? Object.keys(files) : [],
        catalogInfo: !seen || path === undefined ? undefined : { path, text: files[path] ?? "" },
      });
    }),
    workspaces: workspaces.map(({ name, tags = [], repository, outputs = {} }) =>
      workspaceFact(name, { tags, repository: repository && `acme/${repository}`, outputs }),
    ),
    unread: [],
  };
}
