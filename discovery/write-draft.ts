import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "../report/failure.ts";
import { errorCode } from "../schema/error-code.ts";

/** Writes a draft, never over a file. Says whether it did. Throws a {@link Failure} `not-writable`. */
export function writeDraft(path: string, text: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw notWritable(dirname(path), error);
  }
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw notWritable(path, error);
  }
}

function notWritable(path: string, error: unknown): Failure {
  return new Failure("not-writable", `${path} can't be written: ${errorCode(error)}`, {
    fix: "choose another folder with --out",
    cause: error,
  });
}
