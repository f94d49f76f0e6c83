import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Release } from "../../../toolchain/official.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

/** What a publisher serves for a release whose archive holds these files: path to content. */
export function publish(
  release: Release,
  files: Readonly<Record<string, string>>,
  checksumOf = (archive: Buffer): string => createHash("sha256").update(archive).digest("hex"),
): Record<string, Buffer | string> {
  using folder = new TemporaryFolder();
  const content = folder.join("content");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(content, path)), { recursive: true });
    writeFileSync(join(content, path), text, { mode: 0o755 });
  }
  execFileSync("tar", ["-czf", folder.join("archive"), "-C", content, "."]);
  const archive = readFileSync(folder.join("archive"));
  return {
    [`/${release.folder}${release.archive}`]: archive,
    [`/${release.folder}${release.checksums}`]: `${"0".repeat(64)}  other.tar.gz\n${checksumOf(archive)}  ${release.archive}\n`,
  };
}
