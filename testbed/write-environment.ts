import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { Place } from "./place.ts";
import { writeRecord } from "./record.ts";
import type { Server } from "./server.ts";
import { writePrivate } from "./write-private.ts";

/** The file with the servers' addresses. */
export function environmentFile(local: string): string {
  return join(local, "environment.yaml");
}

/** Whether a server belongs to this environment: always, or because it was started once and not deleted since. */
export function isChosen(local: string, server: Server): boolean {
  return server.optional !== true || new Place(local, server).exists;
}

/**
 * Writes what Tenantry reads of the local environment: `environment.yaml` (addresses), `credentials.json` (environment
 * variables) and `passphrase` (what Pulumi encrypts the stacks' secrets with; made once). Servers that were never
 * started are in there too: their ports and passwords are chosen already. Optional ones that aren't chosen are `none`.
 */
export function writeEnvironment(local: string, servers: readonly Server[]): void {
  const places = servers.map((server) => ({ server, place: new Place(local, server) }));
  const addresses = places.flatMap(({ server, place }) => {
    const entries = Object.entries(server.environment(place));
    return isChosen(local, server) ? entries : entries.map(([name]): [string, unknown] => [name, "none"]);
  });
  writePrivate(
    environmentFile(local),
    `# Written by \`tenantry local up\`.\n${stringify(Object.fromEntries(addresses))}`,
  );
  const credentials = places
    .filter(({ server }) => isChosen(local, server))
    .flatMap(({ server, place }) => Object.entries(server.credentials(place)));
  writeRecord(join(local, "credentials.json"), Object.fromEntries(credentials));
  const passphrase = join(local, "passphrase");
  if (!existsSync(passphrase)) writePrivate(passphrase, `${randomBytes(32).toString("base64url")}\n`);
}
