import * as pulumi from "@pulumi/pulumi";
import * as github from "./sdks/github.ts";
import { rootFile, targetOf } from "../catalog/root-location.ts";
import { LocationTarget } from "../providers/gitea/location-target.ts";
import { RepositoryFile } from "../providers/gitea/repository-file.ts";

export interface CatalogArgs {
  /** Where the catalog's repository is. */
  readonly system: "gitea" | "github";
  /** The tenant's id. Default: the component's name. */
  readonly tenant?: string;
  /** The catalog's repository, `owner/name`. It is not made here: tenants share it. */
  readonly repository: string;
  readonly branch: string;
  /** The file in the repository, without a leading slash. */
  readonly path: string;
  /** Everything in it. */
  readonly content: string;
}

/** Keeps one file in one system. */
type KeepFile = (name: string, file: Required<Omit<CatalogArgs, "system">>, parent: pulumi.Resource) => void;

const keepFile: Readonly<Record<CatalogArgs["system"], KeepFile>> = {
  gitea: keepInGitea,
  github: keepInGithub,
};

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Catalog";

/** A tenant's file in the catalog's repository: it goes with the tenant, and so do the tenant's entities. */
export class Catalog extends pulumi.ComponentResource {
  constructor(name: string, { system, ...file }: CatalogArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    keepFile[system](name, { tenant: name, ...file }, this);
    this.registerOutputs({});
  }
}

/** Backstage takes no patterns from Gitea: the catalog's root names each file. It leads to what is there. */
function keepInGitea(name: string, file: Parameters<KeepFile>[1], parent: pulumi.Resource): void {
  const kept = new RepositoryFile(`${name}-file`, file, { parent });
  const { tenant, repository, branch, path } = file;
  new LocationTarget(
    `${name}-target`,
    { tenant, repository, branch, path: rootFile, target: targetOf(path) },
    { parent, dependsOn: kept },
  );
}

/** Of the repository's owner the plugin hears by its own settings: the environment's organization. */
function keepInGithub(name: string, file: Parameters<KeepFile>[1], parent: pulumi.Resource): void {
  const { tenant, repository, branch, path, content } = file;
  new github.RepositoryFile(
    `${name}-file`,
    {
      repository: repository.slice(repository.indexOf("/") + 1),
      branch,
      file: path,
      content,
      commitMessage: `Keep ${path} for tenant ${tenant}`,
      overwriteOnCreate: true,
    },
    { parent },
  );
}
