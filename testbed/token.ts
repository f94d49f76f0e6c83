import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "./place.ts";
import { writePrivate } from "./write-private.ts";

const fileOf = (place: Place): string => join(place.folder, "token");

/** The administrator's token that a server gave out, if it's there and looks like one. */
export function readToken(place: Place): string | undefined {
  try {
    return /^[\w.-]{8,}$/.exec(readFileSync(fileOf(place), "utf8").trim())?.[0];
  } catch {
    return undefined;
  }
}

/** Keeps a token in a file that only its owner reads. */
export function writeToken(place: Place, token: string): void {
  writePrivate(fileOf(place), `${token}\n`);
}
