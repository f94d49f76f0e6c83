import { readFileSync } from "node:fs";
import { Client } from "pg";
import { explainError } from "./explain.ts";
import { serverFrom, type Environment, type Server } from "./server.ts";

/**
 * Runs work on a connection of its own as the administrator, to one database or to the administrator's. The connection
 * is closed in any case, so that none stands in the way of dropping a database.
 *
 * Throws the failures of server.ts and explain.ts.
 */
export interface Connect {
  <T>(work: (client: Client) => Promise<T>): Promise<T>;
  readonly to: <T>(database: string, work: (client: Client) => Promise<T>) => Promise<T>;
}

/** Makes a {@link Connect} to the server that an environment names. */
export function connector(environment: Environment): Connect {
  const to: Connect["to"] = (database, work) =>
    connected(serverFrom(environment), database, environment, work);
  return Object.assign(
    <T>(work: (client: Client) => Promise<T>) => to(serverFrom(environment).database, work),
    { to },
  );
}

async function connected<T>(
  server: Server,
  database: string,
  environment: Environment,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    database,
    ssl: tls(server.sslmode, environment["PGSSLROOTCERT"]),
    application_name: "tenantry",
    connectionTimeoutMillis: 10_000,
    lock_timeout: 30_000,
  });
  // A connection that breaks while nothing is asked of it: the next query says so.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw explainError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Runs work in one transaction. */
export async function transaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** libpq's modes: `require` encrypts, `verify-ca` checks the issuer too, `verify-full` the name as well. */
function tls(mode: Server["sslmode"], rootCertificate: string | undefined): false | object {
  if (mode === "disable") return false;
  if (mode === "require") return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    ...(rootCertificate && rootCertificate !== "system" && { ca: readFileSync(rootCertificate, "utf8") }),
    ...(mode === "verify-ca" && { checkServerIdentity: () => undefined }),
  };
}
