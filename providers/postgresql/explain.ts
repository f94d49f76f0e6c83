import { z } from "zod";
import { Failure } from "../../report/failure.ts";

const system = "PostgreSQL";

interface Rule {
  readonly code: string;
  readonly pattern: RegExp;
  readonly message: (name: string) => string;
  readonly fix: string;
}

/** What PostgreSQL, its Node driver and the official plugin (Go's lib/pq) say, first match wins. `name` is group 1. */
const rules: readonly Rule[] = [
  {
    code: "server-unreachable",
    pattern:
      /dial tcp ([\w.-]+:\d+): [^\n]*(?:refused|timeout)|(?:ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|connection refused|connection reset by peer|broken pipe|driver: bad connection|unexpected EOF|no such host|i\/o timeout|timeout expired|Connection terminated|the database system is (?:starting up|shutting down))(?: ([\w.:-]+))?/,
    message: (where) => `the server does not answer${where && ` at ${where}`}`,
    fix: "start it (a local one with: npx tenantry local up), or correct its address in the environment's file",
  },
  {
    code: "wrong-password",
    pattern: /password authentication failed for user "([^"]*)"/,
    message: (user) => `the server refuses the password of ${user}`,
    fix: "set PGUSER and PGPASSWORD to the administrator's",
  },
  {
    code: "login-refused",
    pattern: /no pg_hba\.conf entry for ([^\n]*)|role "[^"]*" is not permitted to log in/,
    message: (what) => `the server lets nobody in like that${what && `: ${what}`}`,
    fix: "allow this user, address and encryption in pg_hba.conf, or correct PGUSER and sslmode",
  },
  {
    code: "tls-unsupported",
    pattern: /does not support SSL connections|SSL is not enabled on the server/,
    message: () => "the server speaks no TLS",
    fix: "turn on ssl in the server, or set sslmode: disable in the environment's file if the network is safe",
  },
  {
    code: "tls-untrusted",
    pattern:
      /self[- ]signed certificate|unable to (?:verify|get).*certificate|certificate signed by unknown authority|x509: [^\n]*|Hostname\/IP does not match|certificate has expired/,
    message: () => "the server's TLS certificate is not trusted",
    fix: "set PGSSLROOTCERT to the file of the authority that signed it, and the host as in the certificate",
  },
  {
    code: "too-many-connections",
    pattern:
      /too many connections(?: for (?:database|role) "([^"]*)")?|remaining connection slots are reserved/,
    message: (name) => `no connection is free${name && ` for ${name}`}`,
    fix: "wait until people disconnect, or raise the connection limit",
  },
  {
    code: "database-unknown",
    pattern: /database "([^"]*)" does not exist/,
    message: (name) => `there is no database ${name}`,
    fix: "correct the database in the environment's file; a tenant's own comes back with: tenantry up --refresh",
  },
  {
    code: "role-not-ours",
    pattern: /role "([^"]*)" already exists/,
    message: (name) => `a role ${name} exists that this tenant did not make`,
    fix: "rename or drop it, or choose another id; taking over what exists is not there yet",
  },
  {
    code: "database-not-ours",
    pattern: /database "([^"]*)" already exists/,
    message: (name) => `a database ${name} exists that this tenant did not make`,
    fix: "rename it, or set another database.name; taking over what exists is not there yet",
  },
  {
    code: "database-in-use",
    pattern: /database "([^"]*)" is being accessed by other users/,
    message: (name) => `somebody is connected to database ${name}`,
    fix: "disconnect them (pg_stat_activity shows who) and run it again",
  },
  {
    code: "locale-unknown",
    pattern: /invalid (?:LC_COLLATE |LC_CTYPE )?locale name: "([^"]*)"|could not create locale "([^"]*)"/,
    message: (name) => `the server has no locale ${name}`,
    fix: "set postgres.locale in the environment's file to one it has: C.UTF-8",
  },
  {
    code: "role-in-use",
    pattern: /role "([^"]*)" cannot be dropped because some objects depend on it/,
    message: (name) => `role ${name} still owns or may use something in a database that isn't its tenant's`,
    fix: "connect to that database and run REASSIGN OWNED and DROP OWNED for the role, then run it again",
  },
  {
    code: "role-missing",
    pattern: /role "([^"]*)" does not exist/,
    message: (name) => `there is no role ${name}`,
    fix: "bring it back with: tenantry up --refresh",
  },
  {
    code: "locked",
    pattern: /canceling statement due to lock timeout/,
    message: () => "another session holds a lock for more than 30 s",
    fix: "find it in pg_stat_activity and pg_locks, let it finish or end it, and run it again",
  },
  {
    code: "missing-privilege",
    pattern: /(permission denied[^\n]*|must be (?:owner|superuser|able)[^\n]*|must have [^\n]*)/,
    message: (what) => `the administrator lacks a privilege: ${what}`,
    fix: "use an administrator with CREATEDB, CREATEROLE and createrole_self_grant = 'set, inherit' that made what it changes",
  },
];

/** Says what a message of PostgreSQL, or of the plugin that talks to it, means and what to do; or `undefined`. */
export function explainPostgres(text: string, cause?: unknown): Failure | undefined {
  for (const { code, pattern, message, fix } of rules) {
    const match = pattern.exec(text);
    if (match) return new Failure(code, message(match[1] ?? match[2] ?? ""), { system, fix, cause });
  }
  return undefined;
}

/** An error by its shape. Node reports a host with several addresses as one error with another inside for each. */
const thrown = z.object({
  message: z.string(),
  errors: z.array(z.object({ message: z.string() })).default([]),
});

/** The driver's error as a {@link Failure} when it is one that people can mend, else unchanged. */
export function explainError(error: unknown): unknown {
  const { data } = thrown.safeParse(error);
  if (error instanceof Failure || data === undefined) return error;
  return explainPostgres([data, ...data.errors].map(({ message }) => message).join("\n"), error) ?? error;
}
