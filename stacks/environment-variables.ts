import type { Environment } from "./environment.ts";

/** The variables of one system, under the names that its plugin or its own tools read. */
interface SystemVariables {
  /** Where it is. A variable without a value: the environment does without the system, or leaves it to a default. */
  readonly addresses: Readonly<Record<string, (environment: Environment) => string | undefined>>;
  /** What lets us in. They come from the process's environment, never from a file of the project. */
  readonly credentials: readonly string[];
  /** Those of the credentials that must be set. */
  readonly needs: (isSet: (name: string) => boolean) => readonly string[];
}

const url = (server: Environment["mattermost"]): string | undefined =>
  server === "none" ? undefined : server?.url;

const mail = ({ mail: server }: Environment): Exclude<Environment["mail"], "none"> =>
  server === "none" ? undefined : server;

const github = ({ github: server }: Environment): Exclude<Environment["github"], "none"> =>
  server === "none" ? undefined : server;

const tfe = ({ tfe: server }: Environment): Exclude<Environment["tfe"], "none"> =>
  server === "none" ? undefined : server;

const token = (
  address: string,
  name: string,
  server: "mattermost" | "coder" | "gitea" | "twenty",
): SystemVariables => ({
  addresses: { [address]: (environment) => url(environment[server]) },
  credentials: [name],
  needs: () => [name],
});

const systems: Readonly<Record<Exclude<keyof Environment, "catalog">, SystemVariables>> = {
  postgres: {
    addresses: {
      PGHOST: ({ postgres }) => postgres.host,
      PGPORT: ({ postgres }) => String(postgres.port),
      PGDATABASE: ({ postgres }) => postgres.database,
      PGSSLMODE: ({ postgres }) => postgres.sslmode,
    },
    credentials: ["PGUSER", "PGPASSWORD"],
    needs: () => ["PGUSER", "PGPASSWORD"],
  },
  keycloak: {
    addresses: { KEYCLOAK_URL: ({ keycloak }) => keycloak.url },
    credentials: ["KEYCLOAK_CLIENT_ID", "KEYCLOAK_USER", "KEYCLOAK_PASSWORD", "KEYCLOAK_CLIENT_SECRET"],
    // It takes a client's secret, or a user with a password.
    needs: (isSet) => [
      "KEYCLOAK_CLIENT_ID",
      ...(isSet("KEYCLOAK_CLIENT_SECRET") ? [] : ["KEYCLOAK_USER", "KEYCLOAK_PASSWORD"]),
    ],
  },
  mattermost: token("MATTERMOST_URL", "MATTERMOST_TOKEN", "mattermost"),
  // The names of Coder's own command line, and of Gitea's `tea`.
  coder: token("CODER_URL", "CODER_SESSION_TOKEN", "coder"),
  gitea: token("GITEA_SERVER_URL", "GITEA_SERVER_TOKEN", "gitea"),
  github: {
    addresses: {
      GITHUB_BASE_URL: (environment) => github(environment)?.url,
      GITHUB_OWNER: (environment) => github(environment)?.organization,
      // On this machine nobody asks for a second between two writes. Only the plugin built here knows the variable.
      GITHUB_WRITE_DELAY_MS: (environment) =>
        /^http:\/\/(?:127\.|localhost)/.test(github(environment)?.url ?? "") ? "1" : undefined,
      // The plugin would take it for the owner.
      GITHUB_ORGANIZATION: () => undefined,
    },
    credentials: ["GITHUB_TOKEN", "GITHUB_APP_ID", "GITHUB_APP_INSTALLATION_ID", "GITHUB_APP_PEM_FILE"],
    needs: (isSet) =>
      isSet("GITHUB_APP_ID") ? ["GITHUB_APP_INSTALLATION_ID", "GITHUB_APP_PEM_FILE"] : ["GITHUB_TOKEN"],
  },
  twenty: token("TWENTY_API_URL", "TWENTY_API_KEY", "twenty"),
  tfe: {
    addresses: {
      TFE_HOSTNAME: (environment) => hostOf(tfe(environment)?.url),
      TFE_ORGANIZATION: (environment) => tfe(environment)?.organization,
      // Nobody vouches for a server on this machine, and nobody can be in between.
      TFE_SSL_SKIP_VERIFY: (environment) => (isLoopback(tfe(environment)?.url) ? "true" : undefined),
    },
    credentials: ["TFE_TOKEN"],
    needs: () => ["TFE_TOKEN"],
  },
  mail: {
    addresses: {
      SMTP_HOST: (environment) => mail(environment)?.host,
      SMTP_PORT: (environment) => mail(environment)?.port.toString(),
      SMTP_TLS: (environment) => mail(environment)?.tls,
      SMTP_FROM: (environment) => mail(environment)?.from,
    },
    credentials: ["SMTP_USERNAME", "SMTP_PASSWORD"],
    // Many a server takes mail from known machines without any.
    needs: () => [],
  },
};

/** An environment's addresses as variables. `undefined`: not of this environment; nobody else's may stay. */
export function addressVariables(environment: Environment): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.values(systems).flatMap(({ addresses }) =>
      Object.entries(addresses).map(([name, value]) => [name, value(environment)]),
    ),
  );
}

/** The names of all variables that hold credentials. */
export const credentialNames: readonly string[] = Object.values(systems).flatMap(
  ({ credentials }) => credentials,
);

/** The names of the credentials for systems that an environment does without. */
export function unusedCredentials(environment: Environment): readonly string[] {
  return Object.values(systems).flatMap((system) => (isThere(system, environment) ? [] : system.credentials));
}

/** The names of the credentials that an environment's systems need and `given` lacks. */
export function missingCredentials(environment: Environment, given: NodeJS.ProcessEnv): readonly string[] {
  const isSet = (name: string): boolean => given[name] !== undefined && given[name] !== "";
  return Object.values(systems)
    .filter((system) => isThere(system, environment))
    .flatMap(({ needs }) => needs(isSet))
    .filter((name) => !isSet(name));
}

/** The names of the variables in `given` that lead elsewhere than an environment's file says. Empty: none does. */
export function strayAddresses(environment: Environment, given: NodeJS.ProcessEnv): readonly string[] {
  return Object.entries(addressVariables(environment)).flatMap(([name, value]) =>
    (given[name] ?? "") === (value ?? "") ? [] : [name],
  );
}

function hostOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : new URL(address).host;
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(address).hostname);
}

function isThere({ addresses }: SystemVariables, environment: Environment): boolean {
  return Object.values(addresses).some((value) => value(environment) !== undefined);
}
