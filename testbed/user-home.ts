import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, join } from "node:path";
import type { Place } from "./place.ts";
import type { Note, User } from "./server.ts";
import { mayReach } from "./unprivileged-user.ts";

/** Where this project's server of another user is: its programs, and the folder that its data folder is in. */
export interface UserHome {
  readonly software: string;
  readonly folder: string;
}

/** A server's software as it's installed. */
export interface Installed {
  readonly title: string;
  readonly folder: string;
  /** A file in there: whoever may read it may use all of it. */
  readonly probe: string;
}

/**
 * Finds or makes a home that `user` can reach. For root in a project below a private folder (such as `/root`) that's a
 * folder of its own in /var/tmp, which the link `outside` in the server's folder leads to.
 */
export function userHome(place: Place, user: User | undefined, installed: Installed, note: Note): UserHome {
  if (user === undefined) return { software: installed.folder, folder: place.folder };
  chmodSync(place.folder, 0o711);
  const { title } = installed;
  const folder = mayReach(user, place.folder, "x")
    ? place.folder
    : outside(place, (where) =>
        note(`the project's folder is private: ${title} and its data are in ${where}`),
      );
  if (mayReach(user, join(installed.folder, installed.probe), "r")) {
    return { software: installed.folder, folder };
  }
  const around = outside(place, (where) =>
    note(`user ${user.name} can't reach ${title}'s programs where they are: there's a copy in ${where}`),
  );
  const software = join(around, `software-${basename(installed.folder)}`);
  if (!existsSync(join(software, "complete"))) {
    // Also those of other versions.
    for (const name of readdirSync(around)) {
      if (name.startsWith("software")) rmSync(join(around, name), { recursive: true, force: true });
    }
    cpSync(installed.folder, software, { recursive: true, verbatimSymlinks: true });
    symlinkSync(".", join(software, "complete"));
  }
  return { software, folder };
}

/** Removes what lies outside the project. */
export function removeOutside(place: Place): void {
  const link = outsideLink(place);
  const target = linkTarget(link);
  if (target !== undefined) rmSync(target, { recursive: true, force: true });
  rmSync(link, { force: true });
}

/** The folder at the link's end. `tell` hears of a new one. */
function outside(place: Place, tell: (folder: string) => void): string {
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
  tell(made);
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
