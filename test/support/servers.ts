import { existsSync } from "node:fs";
import { join } from "node:path";
import { root as project } from "../../cli/project-root.ts";
import { silent, type Progress } from "../../report/progress.ts";
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

let ranBefore = true;

/**
 * Starts the tests' servers unless they run, and puts addresses and credentials into this process's environment, from
 * where the processes that it starts have them.
 */
export async function startTestServers(progress: Progress = silent): Promise<TestServers> {
  ranBefore = (await status(testRoot)).some(({ pid }) => pid !== undefined);
  await up(testRoot, wantedServers(testRoot), progress);
  const environment = loadEnvironment(testRoot, "local");
  const credentials = readRecord(join(testEnvironment, "credentials.json"));
  const [user = "", password = ""] = [credentials["PGUSER"], credentials["PGPASSWORD"]];
  const { host, port, database, sslmode } = environment.postgres;
  const { url } = environment.keycloak;
  Object.assign(process.env, credentials, {
    PGHOST: host,
    PGPORT: String(port),
    PGDATABASE: database,
    PGSSLMODE: sslmode,
    KEYCLOAK_URL: url,
  });
  return {
    environment,
    credentials,
    postgres: { host, port, database, user, password },
    postgresSuperuser: superuserOf(new Place(testEnvironment, postgresServer)),
    keycloak: {
      url,
      username: credentials["KEYCLOAK_USER"] ?? "",
      password: credentials["KEYCLOAK_PASSWORD"] ?? "",
    },
  };
}

/** Stops the tests' servers if {@link startTestServers} started them; those that ran before are left alone. */
export async function stopTestServers(progress: Progress = silent): Promise<void> {
  if (ranBefore || !existsSync(testEnvironment)) return;
  await down(testRoot, servers, progress);
}
