import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Failure } from "../report/failure.ts";
import { download, downloadText, patience } from "./download.ts";

const run = promisify(execFile);

/** Where Pulumi publishes its binaries and their checksums. */
export const publisher = new URL("https://github.com/pulumi/");

/** One archive of one official release. */
export interface Release {
  /** The folder of the release below the publisher's address. */
  readonly folder: string;
  readonly archive: string;
  /** The file that lists each archive's SHA-256. */
  readonly checksums: string;
}

/** The release of the Pulumi CLI with its language hosts. */
export function cliRelease(version: string): Release {
  return {
    folder: `pulumi/releases/download/v${version}/`,
    archive: `pulumi-v${version}-${platform()}-${arch()}.tar.gz`,
    checksums: `pulumi-${version}-checksums.txt`,
  };
}

/** The release of a provider plugin. */
export function pluginRelease(name: string, version: string): Release {
  const cpu = arch() === "x64" ? "amd64" : arch();
  return {
    folder: `pulumi-${name}/releases/download/v${version}/`,
    archive: `pulumi-resource-${name}-v${version}-${platform()}-${cpu}.tar.gz`,
    checksums: `pulumi-${name}_${version}_checksums.txt`,
  };
}

/**
 * Downloads a release, verifies it against its publisher's checksum and unpacks it into an existing folder.
 *
 * Throws a {@link Failure} as `download` does; also `not-offered` when the publisher lists no such archive.
 */
export async function unpackRelease(
  release: Release,
  folder: string,
  say: (detail: string) => void = () => undefined,
  { from = publisher, silence = patience } = {},
): Promise<void> {
  const base = new URL(release.folder, from);
  const sha256 = findChecksum(await downloadText(new URL(release.checksums, base), silence), release.archive);
  if (sha256 === undefined) {
    throw new Failure("not-offered", `${base.host} has no ${release.archive}`);
  }
  const file = join(folder, release.archive);
  const report = (bytes: number): void => say(`${Math.round(bytes / 1_000_000)} MB`);
  await download(new URL(release.archive, base), file, sha256, report, silence);
  await run("tar", ["-xzf", file, "-C", folder]);
  await rm(file);
}

/** Finds a file in lines of `<sha256>  <name>`, as sha256sum writes them. */
function findChecksum(lines: string, name: string): string | undefined {
  const line = lines.split("\n").find((each) => each.trim().split(/\s+\*?/)[1] === name);
  return line?.match(/^[0-9a-f]{64}\b/i)?.[0];
}
