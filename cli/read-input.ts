import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Failure } from "../report/failure.ts";

/** The text of a file, or without one of standard input. Throws a {@link Failure} `file-missing`. */
export async function readInput(file: string | undefined): Promise<string> {
  if (file === undefined) return text(process.stdin);
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Failure("file-missing", `there is no file ${file} that can be read`, {
      fix: "check its name",
      cause: error,
    });
  }
}
