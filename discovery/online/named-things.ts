import { z } from "zod";
import { apiOf as giteaApi, named, serverFrom as giteaServer } from "../../providers/gitea/api.ts";
import { apiOf as githubApi, serverFrom as githubServer } from "../../providers/github/api.ts";
import { ApiFailure } from "../../providers/http/api-failure.ts";
import { readerOf } from "../../providers/http/reader.ts";
import { apiOf as tfeApi, path as tfePath, serverFrom as tfeServer } from "../../providers/tfe/api.ts";
import type { LoadedTenant } from "../../schema/load-tenant-file.ts";
import type { Path } from "../../schema/problem.ts";

/** Something that a tenant's file names, and how to look whether it is there. */
export interface NamedThing {
  readonly tenant: LoadedTenant;
  /** Where in the file it is named. */
  readonly path: Path;
  readonly system: string;
  /** `repository acme/portal in Gitea`. */
  readonly what: string;
  /** Undefined: it isn't there. Fails as `ApiClient` does. */
  readonly look: () => Promise<{ readonly archived: boolean } | undefined>;
}

type Environment = NodeJS.ProcessEnv;
type Look = (organization: string, name: string) => ReturnType<NamedThing["look"]>;

/** A place for repositories. */
interface Host {
  readonly system: string;
  /** The variable that has its address; without it the environment does without the system. */
  readonly address: string;
  readonly organization: (tenant: LoadedTenant["tenant"], environment: Environment) => string | undefined;
  readonly connect: (environment: Environment) => Look;
}

const state = z.object({ archived: z.boolean().default(false) });

const hosts: Readonly<Record<string, Host | undefined>> = {
  gitea: {
    system: "Gitea",
    address: "GITEA_SERVER_URL",
    organization: ({ id }) => id,
    connect: (environment) => {
      const api = readerOf(giteaApi(giteaServer(environment)));
      return (organization, name) => named(api, `/repos/${organization}/${encodeURIComponent(name)}`, state);
    },
  },
  github: {
    system: "GitHub",
    address: "GITHUB_BASE_URL",
    organization: (_tenant, { GITHUB_OWNER }) => GITHUB_OWNER,
    connect: (environment) => {
      const api = readerOf(githubApi(githubServer(environment)));
      return async (organization, name) => {
        try {
          return await api.get(`/repos/${organization}/${encodeURIComponent(name)}`, state);
        } catch (error) {
          // It has another name now.
          if (error instanceof ApiFailure && error.status === 301) return undefined;
          throw error;
        }
      };
    },
  },
};

/** The repositories that tenants' files name, in systems that the environment has. Throws a {@link Failure} `credentials-missing`. */
export function namedRepositories(tenants: readonly LoadedTenant[], environment: Environment): NamedThing[] {
  const connected = new Map<Host, Look>();
  return tenants.flatMap((loaded) => {
    const { system, organization: declared, repositories } = loaded.tenant.sourceControl;
    const host = hosts[system];
    if (host === undefined || environment[host.address] === undefined || repositories.length === 0) return [];
    const organization = declared ?? host.organization(loaded.tenant, environment) ?? "";
    const look = connected.get(host) ?? host.connect(environment);
    connected.set(host, look);
    return repositories.map(({ name }, index) => ({
      tenant: loaded,
      path: ["sourceControl", "repositories", index, "name"],
      system: host.system,
      what: `repository ${organization}/${name} in ${host.system}`,
      look: () => look(organization, name),
    }));
  });
}

const workspace = z.object({ data: z.object({ id: z.string() }) });

/** The workspaces of the environments that tenants' files name. Throws a {@link Failure} `credentials-missing`. */
export function namedWorkspaces(tenants: readonly LoadedTenant[], environment: Environment): NamedThing[] {
  const delivered = tenants.filter(({ tenant }) => tenant.delivery.environments.length > 0);
  if (environment["TFE_HOSTNAME"] === undefined || delivered.length === 0) return [];
  const server = tfeServer(environment);
  const api = readerOf(tfeApi(server));
  return delivered.flatMap((loaded) =>
    loaded.tenant.delivery.environments.map(({ name }, index): NamedThing => {
      const full = `${loaded.tenant.id}-${name}`;
      const call = tfePath`/organizations/${server.organization}/workspaces/${full}`;
      return {
        tenant: loaded,
        path: ["delivery", "environments", index, "name"],
        system: "Terraform Cloud",
        what: `workspace ${server.organization}/${full} in Terraform Cloud`,
        look: async () => ((await api.get(call, workspace)) === undefined ? undefined : { archived: false }),
      };
    }),
  );
}
