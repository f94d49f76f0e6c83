import { existsSync, lstatSync, mkdtempSync, chmodSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "./place.ts";
import { copyBinaries, linkLibraries, postgresBinaries } from "./postgres-binaries.ts";
import type { Note, User } from "./server.ts";
import { mayReach } from "./unprivileged-user.ts";

/** Where this project's PostgreSQL is: its programs, and the folder that its data is in. */
export interface PostgresHome {
  readonly binaries: string;
  readonly folder: string;
}

/**
 * Finds or makes a home that `user` can reach. For root in a project below a private folder (such as `/root`) that's a
 * folder of its own in /var/tmp, which the link `outside` in the server's folder leads to.
 */
export function postgresHome(place: Place, user: User | undefined, note: Note): PostgresHome {
  const installed = postgresBinaries();
  if (user !== undefined) chmodSync(place.folder, 0o711);
  const folder =
    user === undefined || mayReach(user, place.folder, "x") ? place.folder : outside(place, note);
  const reachable =
    user === undefined || mayReach(user, join(installed, "share", "postgresql", "postgres.bki"), "r");
  if (reachable) {
    linkLibraries(installed);
    return { binaries: installed, folder };
  }
  const binaries = join(folder === place.folder ? outside(place, note) : folder, "software");
  if (!existsSync(join(binaries, "complete"))) {
    rmSync(binaries, { recursive: true, force: true });
    copyBinaries(installed, binaries);
    linkLibraries(binaries);
    symlinkSync(".", join(binaries, "complete"));
  }
  return { binaries, folder };
}

/** Removes what lies outside the project. */
export function removeOutside(place: Place): void {
  const link = outsideLink(place);
  const target = linkTarget(link);
  if (target !== undefined) rmSync(target, { recursive: true, force: true });
  rmSync(link, { force: true });
}

function outside(place: Place, note: Note): string {
  const link = outsideLink(place);
  const known = linkTarget(link);
  // Whatever is at the link's end must be what we made: /var/tmp is everybody's.
  if (known !== undefined) {
    const stat = lstatSync(known, { throwIfNoEntry: false });
    if (stat?.isDirectory() && stat.uid === process.getuid?.()) return known;
    rmSync(link);
  }
  const made = mkdtempSync("/var/tmp/tenantry-");
  chmodSync(made, 0o711);
  symlinkSync(made, link);
  note(`the project's folder is private: PostgreSQL and its data are in ${made}`);
  return made;
}

const outsideLink = (place: Place): string => join(place.folder, "outside");

function linkTarget(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}
