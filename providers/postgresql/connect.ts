import { readFileSync } from "node:fs";
import pLimit from "p-limit";
import { Client } from "pg";
import { explainError } from "./explain.ts";
import { serverFrom, type Environment, type Server } from "./server.ts";

/**
 * Runs work as the administrator, on a connection of its own to the administrator's database. It is closed in any case.
 *
 * Throws the failures of server.ts and explain.ts.
 */
export interface Connect {
  <T>(work: (client: Client) => Promise<T>): Promise<T>;
  /**
   * The same in another database, one work after the other. The connection is closed when nobody waits for it any more, so that none
   * stands in the way of dropping the database. Such work must not ask for the same database again.
   */
  readonly to: <T>(database: string, work: (client: Client) => Promise<T>) => Promise<T>;
  /** As `to` the administrator's database: for looks, of which a run has many at once, and which keep nobody waiting. */
  readonly look: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
}

/** Makes a {@link Connect} to the server that an environment names. */
export function connector(environment: Environment): Connect {
  return Object.assign(
    async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
      const connection = new Connection(serverFrom(environment), environment);
      try {
        return await connection.use(work);
      } finally {
        await connection.close();
      }
    },
    {
      to: async <T>(database: string, work: (client: Client) => Promise<T>) =>
        inTurn({ ...serverFrom(environment), database }, environment, work),
      look: async <T>(work: (client: Client) => Promise<T>) =>
        inTurn(serverFrom(environment), environment, work),
    },
  );
}

/** A database's connection, and who waits for it. */
interface Queue {
  readonly connection: Connection;
  readonly limit: ReturnType<typeof pLimit>;
  length: number;
}

/** A sign-in costs both sides more than what a tenant's resources ask, and they all ask at once. */
const queues = new Map<string, Queue>();

async function inTurn<T>(
  server: Server,
  environment: Environment,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const key = JSON.stringify([server, environment["PGSSLROOTCERT"]]);
  const queue = queues.get(key) ?? {
    connection: new Connection(server, environment),
    limit: pLimit(1),
    length: 0,
  };
  queues.set(key, queue);
  queue.length += 1;
  return queue.limit(async () => {
    try {
      return await queue.connection.use(work);
    } finally {
      queue.length -= 1;
      if (queue.length === 0) {
        queues.delete(key);
        await queue.connection.close();
      }
    }
  });
}

/** A connection that is opened when it is used, and again after something went wrong on it. */
class Connection {
  readonly #settings: ConstructorParameters<typeof Client>[0];
  #client: Client | undefined;

  constructor(server: Server, environment: Environment) {
    this.#settings = {
      host: server.host,
      port: server.port,
      user: server.user,
      password: server.password,
      database: server.database,
      ssl: tls(server.sslmode, environment["PGSSLROOTCERT"]),
      application_name: "tenantry",
      connectionTimeoutMillis: 10_000,
      lock_timeout: 30_000,
    };
  }

  /** One work at a time. What a work before it set is gone. */
  async use<T>(work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await work((await this.#again()) ?? (await this.#open()));
    } catch (error) {
      await this.close();
      throw explainError(error);
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  /** The open one, as new; undefined when there is none, or it broke. */
  async #again(): Promise<Client | undefined> {
    try {
      await this.#client?.query("DISCARD ALL");
    } catch {
      await this.close();
    }
    return this.#client;
  }

  async #open(): Promise<Client> {
    const client = new Client(this.#settings);
    this.#client = client;
    // A connection that breaks while nothing is asked of it: the next query says so.
    client.on("error", () => undefined);
    await client.connect();
    return client;
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
