import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { Failure } from "../report/failure.ts";

/** How long a server may stay silent before it counts as unreachable, in milliseconds. */
export const patience = 5_000;

/**
 * Gives what a server sends, piece by piece.
 *
 * Throws a {@link Failure} `unreachable` when it stays silent or the connection is cut, `not-offered` for any answer
 * but 200.
 */
async function* fetchPieces(url: URL, silence: number): AsyncGenerator<Uint8Array, void> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), silence);
  try {
    const response = await fetch(url, { signal: controller.signal });
    if (response.status !== 200 || response.body === null) {
      throw new Failure("not-offered", `${url.host} answers ${response.status} for ${url.pathname}`);
    }
    for await (const piece of response.body) {
      timer.refresh();
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure("unreachable", `${url.host} does not answer`, { cause });
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

/** Gets a short text. Throws as {@link download} does. */
export async function downloadText(url: URL, silence = patience): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of fetchPieces(url, silence)) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

/**
 * Downloads a file and verifies it.
 *
 * @param sha256 what its publisher says, in hexadecimal
 * @param say is told how many bytes have come so far
 *
 * Throws a {@link Failure}: `unreachable` when the server stays silent for `silence` milliseconds or the connection is
 * cut, `not-offered` when it hasn't got the file, `wrong-checksum` when the content is not what the publisher made.
 */
export async function download(
  url: URL,
  file: string,
  sha256: string,
  say: (bytes: number) => void = () => undefined,
  silence = patience,
): Promise<void> {
  const hash = createHash("sha256");
  let bytes = 0;
  const handle = await open(file, "w");
  try {
    for await (const piece of fetchPieces(url, silence)) {
      hash.update(piece);
      await handle.writeFile(piece);
      say((bytes += piece.length));
    }
  } finally {
    await handle.close();
  }
  if (hash.digest("hex") !== sha256.toLowerCase()) {
    throw new Failure("wrong-checksum", `${url.href} is not the file that its publisher made`);
  }
}
