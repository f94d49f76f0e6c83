import { existsSync } from "node:fs";
import { join } from "node:path";
import { root as project } from "../../cli/project-root.ts";
import { silent, type Progress } from "../../report/progress.ts";
import { addressVariables } from "../../stacks/environment-variables.ts";
import { loadEnvironment, type Environment } from "../../stacks/environment.ts";
import { down, localFolder, status, up, wantedServers } from "../../testbed/local.ts";
import { Place } from "../../testbed/place.ts";
import { postgres as postgresServer, superuserOf, type Connection } from "../../testbed/postgres.ts";
import { readRecord } from "../../testbed/record.ts";
import { servers } from "../../testbed/servers.ts";

/** A project root of the tests' own, so that they never touch the servers that the user works with. */
export const testRoot: string = join(project, ".tenantry", "test");

/** The folder that holds `environment.yaml`, `credentials.json` and `passphrase` of the tests' servers. */
export const testEnvironment: string = localFolder(testRoot);

/** The tests' servers: where they are, and who may do everything there. */
export interface TestServers {
  readonly environment: Environment;
  /** The administrator as Tenantry knows it: CREATEDB and CREATEROLE, no superuser. */
  readonly postgres: Connection;
  /** Sees and does everything: only for looking and for breaking things by hand. */
  readonly postgresSuperuser: Connection;
  readonly keycloak: { readonly url: string; readonly username: string; readonly password: string };
  /** The credentials as environment variables, as `.tenantry/local/credentials.json` holds them. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** The names of the servers that ran before the first start here. */
let ranBefore: ReadonlySet<string> | undefined;

/** What to start beside the servers that every environment has. */
interface Wanted {
  /** Names of optional servers: `mattermost`, `coder`, `gitea`, … Those that were named once start from then on. */
  readonly with?: readonly string[];
  readonly progress?: Progress;
}

/** Every optional server that there is. */
export const optionalServers: readonly string[] = servers
  .filter(({ optional }) => optional)
  .map(({ name }) => name);

/**
 * Starts the tests' servers unless they run, and puts addresses and credentials into this process's environment, from
 * where the processes that it starts have them.
 */
export async function startTestServers({
  with: named = [],
  progress = silent,
}: Wanted = {}): Promise<TestServers> {
  const unknown = named.filter((name) => !optionalServers.includes(name));
  if (unknown.length > 0) throw new Error(`no such optional server: ${unknown.join(", ")}`);
  ranBefore ??= new Set(
    (await status(testRoot)).flatMap(({ name, pid }) => (pid === undefined ? [] : [name])),
  );
  await up(testRoot, wantedServers(testRoot, named), progress);
  const environment = loadEnvironment(testRoot, "local");
  const credentials = readRecord(join(testEnvironment, "credentials.json"));
  const variables = { ...credentials, ...addressVariables(environment) };
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  const [user = "", password = ""] = [credentials["PGUSER"], credentials["PGPASSWORD"]];
  const { host, port, database } = environment.postgres;
  return {
    environment,
    credentials,
    postgres: { host, port, database, user, password },
    postgresSuperuser: superuserOf(new Place(testEnvironment, postgresServer)),
    keycloak: {
      url: environment.keycloak.url,
      username: credentials["KEYCLOAK_USER"] ?? "",
      password: credentials["KEYCLOAK_PASSWORD"] ?? "",
    },
  };
}

/** Stops the tests' servers that were started since {@link startTestServers}; those that ran before are left alone. */
export async function stopTestServers(progress: Progress = silent): Promise<void> {
  if (ranBefore === undefined || !existsSync(testEnvironment)) return;
  const before = ranBefore;
  await down(
    testRoot,
    servers.filter(({ name }) => !before.has(name)),
    progress,
  );
}

const tokens = {
  mattermost: "MATTERMOST_TOKEN",
  coder: "CODER_SESSION_TOKEN",
  gitea: "GITEA_SERVER_TOKEN",
  github: "GITHUB_TOKEN",
  twenty: "TWENTY_API_KEY",
  tfe: "TFE_TOKEN",
} as const;

/** A started optional server's address and its administrator's token. */
export function accessTo(
  name: keyof typeof tokens,
  { environment, credentials }: TestServers,
): { readonly url: string; readonly token: string } {
  const server = environment[name];
  const token = credentials[tokens[name]];
  if (server === undefined || server === "none" || token === undefined)
    throw new Error(`${name} wasn't started`);
  return { url: server.url, token };
}
