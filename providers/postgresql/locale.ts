import { connector } from "./connect.ts";
import type { Environment } from "./server.ts";

/** In order of preference; every server has the last one. */
const preferred = ["en_US.UTF-8", "C.UTF-8", "C"] as const;

/**
 * The locale for databases on a server: `en_US.UTF-8` where it has it, else `C.UTF-8`, else `C`. Found by asking the
 * server to use each, so what it says is what `CREATE DATABASE` will do.
 */
export async function serverLocale(environment: Environment): Promise<string> {
  return connector(environment)(async (client) => {
    for (const locale of preferred) {
      await client.query("BEGIN");
      try {
        await client.query(`CREATE COLLATION pg_temp.tenantry (provider = libc, locale = '${locale}')`);
        return locale;
      } catch {
        // Not this one.
      } finally {
        await client.query("ROLLBACK");
      }
    }
    return "C";
  });
}
