import { Client } from "pg";

interface Account {
  readonly login: string;
  readonly password: string;
}

/** Looks at and changes PostgreSQL by hand: as an administrator, or as one of the people. */
export class PostgresProbe {
  readonly #host: string;
  readonly #port: number;
  readonly #administrator: Account;

  constructor(host: string, port: number, administrator: Account) {
    this.#host = host;
    this.#port = port;
    this.#administrator = administrator;
  }

  /** The rows that a statement gives the administrator. */
  rows(database: string, statement: string): Promise<Record<string, unknown>[]> {
    return this.rowsAs(this.#administrator, database, statement);
  }

  async rowsAs(
    account: Account | undefined,
    database: string,
    statement: string,
  ): Promise<Record<string, unknown>[]> {
    const client = await this.connectAs(account, database);
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  /** An open session. It may be ended by the server: listen for `error`. */
  async connectAs(account: Account | undefined, database: string): Promise<Client> {
    if (account === undefined) throw new Error("no such account");
    const client = new Client({
      host: this.#host,
      port: this.#port,
      database,
      user: account.login,
      password: account.password,
    });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }
}
