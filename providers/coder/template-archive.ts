import { Header } from "tar/header";
import { Failure } from "../../report/failure.ts";
import type { TemplateFile } from "./template-folder.ts";

const block = 512;

/**
 * The files as a tar archive in their order, with fixed times, owners and modes: the same files always give the same bytes.
 * Throws a {@link Failure} `template-folder` for a path that doesn't fit the format.
 */
export function templateArchive(files: readonly TemplateFile[]): Uint8Array {
  const parts = files.flatMap(({ path, bytes }) => [
    header(path, bytes.length),
    bytes,
    Buffer.alloc((block - (bytes.length % block)) % block),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(path: string, size: number): Buffer {
  const bytes = Buffer.alloc(block);
  const fields = { path, size, type: "File", mode: 0o644, uid: 0, gid: 0, mtime: new Date(0) } as const;
  const tooMuch = new Header(fields).encode(bytes);
  if (!tooMuch) return bytes;
  throw new Failure("template-folder", `the path ${path} in a template is too long or has unusual letters`, {
    system: "Coder",
    fix: "give it a path of at most 100 plain characters",
  });
}
