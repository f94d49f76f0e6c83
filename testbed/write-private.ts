import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/** Writes a file that only its owner may read, in one step: a reader sees the old content or the new. */
export function writePrivate(file: string, text: string): void {
  if (sameAlready(file, text)) return;
  const next = `${file}.next`;
  const descriptor = openSync(next, "w", 0o600);
  writeSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(next, file);
}

function sameAlready(file: string, text: string): boolean {
  try {
    return readFileSync(file, "utf8") === text;
  } catch {
    return false;
  }
}
