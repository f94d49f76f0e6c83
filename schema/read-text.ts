import { readFileSync, statSync } from "node:fs";
import { errorCode } from "./error-code.ts";

/** The largest file that is read, in bytes: room for some 5,000 people in one tenant. */
export const maxFileBytes = 1024 * 1024;

export type TextResult =
  | { readonly readable: true; readonly text: string }
  | { readonly readable: false; readonly code: string; readonly message: string };

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const unreadable = (code: string, message: string): TextResult => ({ readable: false, code, message });

/** Reads a file as UTF-8 text. Whatever is wrong with it as a file comes back as a value. */
export function readText(path: string): TextResult {
  let bytes: Buffer;
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return unreadable("file-is-folder", "is a folder, not a file; rename the folder");
    if (!stat.isFile()) return unreadable("file-not-regular", "is not a regular file");
    if (stat.size > maxFileBytes) {
      return unreadable("file-too-large", `is ${stat.size} bytes long; the limit is ${maxFileBytes} (1 MiB)`);
    }
    bytes = readFileSync(path);
  } catch (error) {
    return unreadable("file-unreadable", reason(error));
  }
  try {
    const text = utf8.decode(bytes);
    if (text.startsWith("\uFEFF")) {
      return unreadable(
        "file-byte-order-mark",
        "starts with a byte order mark; save it as UTF-8 without one",
      );
    }
    return { readable: true, text };
  } catch {
    return unreadable("file-not-utf8", `is not UTF-8 text${encodingHint(bytes)}; save it as UTF-8`);
  }
}

function encodingHint(bytes: Buffer): string {
  const start = bytes.subarray(0, 2).toString("hex");
  return start === "fffe" || start === "feff" ? ", it looks like UTF-16" : "";
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "can't be read: permission denied",
  ELOOP: "is a symbolic link that leads back to itself",
  ENOENT: "does not exist",
};

function reason(error: unknown): string {
  const code = errorCode(error);
  return reasons[code] ?? `can't be read: ${code}`;
}
