import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { Failure } from "../report/failure.ts";
import { writePrivate } from "./write-private.ts";

const record = z.record(z.string(), z.string());

/** Reads a flat JSON file of texts; a file that isn't there is empty. Throws a {@link Failure} `local-file-broken`. */
export function readRecord(file: string): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {};
  try {
    return record.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Failure("local-file-broken", `${file} is not what Tenantry wrote`, {
      cause,
      fix: "start afresh, without the servers' data: npx tenantry local down --delete",
    });
  }
}

export function writeRecord(file: string, values: Readonly<Record<string, string>>): void {
  writePrivate(file, `${JSON.stringify(values, null, 2)}\n`);
}
