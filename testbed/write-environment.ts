import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { Place } from "./place.ts";
import { writeRecord } from "./record.ts";
import type { Server } from "./server.ts";
import { writePrivate } from "./write-private.ts";

/**
 * Writes what Tenantry reads of the local environment: `environment.yaml` (addresses), `credentials.json` (environment
 * variables) and `passphrase` (what Pulumi encrypts the stacks' secrets with; made once). Servers that were never
 * started are in there too: their ports and passwords are chosen already.
 */
export function writeEnvironment(local: string, servers: readonly Server[]): void {
  const places = servers.map((server) => ({ server, place: new Place(local, server) }));
  const merge = <T>(parts: readonly Readonly<Record<string, T>>[]): Record<string, T> =>
    Object.assign({}, ...parts) as Record<string, T>;
  const addresses = merge(places.map(({ server, place }) => server.environment(place)));
  writePrivate(
    join(local, "environment.yaml"),
    `# Written by \`tenantry local up\`.\n${stringify(addresses)}`,
  );
  writeRecord(
    join(local, "credentials.json"),
    merge(places.map(({ server, place }) => server.credentials(place))),
  );
  const passphrase = join(local, "passphrase");
  if (!existsSync(passphrase)) writePrivate(passphrase, `${randomBytes(32).toString("base64url")}\n`);
}
