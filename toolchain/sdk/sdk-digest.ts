import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleFolder } from "../go.ts";
import { sdkFolder } from "./sdk-source.ts";

/** The file that says what the SDK was made from, and what came out. */
export const digestFile: string = join(sdkFolder, "digest");

/** A hash of everything that decides what the SDK is, and of the SDK itself. */
export function sdkDigest(): string {
  const hash = createHash("sha256");
  const terraform = moduleFolder("terraform");
  for (const file of [join(terraform, "go.mod"), join(terraform, "sdk", "main.go"), ...sdkFiles()]) {
    hash.update(readFileSync(file));
  }
  return `${hash.digest("hex")}\n`;
}

function sdkFiles(): string[] {
  const all = globSync("**/*.{json,js,ts}", { cwd: sdkFolder }).sort();
  return all.map((file) => join(sdkFolder, file));
}
