import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { download, downloadText } from "../../../toolchain/download.ts";
import { nobody, serve, serveFiles } from "./file-server.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const content = Buffer.alloc(300_000, "tenantry ");
const sha256 = createHash("sha256").update(content).digest("hex");
/** Short, so that a server that hangs does not hold up the test. */
const silence = 300;

test("a file with the publisher's checksum is kept, byte by byte", async () => {
  using folder = new TemporaryFolder();
  await using server = await serveFiles({ "/file": content });
  const seen: number[] = [];
  await download(new URL("file", server.url), folder.join("file"), sha256.toUpperCase(), (bytes) =>
    seen.push(bytes),
  );
  expect(readFileSync(folder.join("file")).equals(content)).toBe(true);
  expect(seen.at(-1)).toBe(content.length);
});

test("a file with another checksum is refused, by its address", async () => {
  using folder = new TemporaryFolder();
  await using server = await serveFiles({ "/file": Buffer.concat([content, Buffer.from("!")]) });
  const url = new URL("file", server.url);
  await expect(download(url, folder.join("file"), sha256)).rejects.toMatchObject({
    code: "wrong-checksum",
    message: `${url.href} is not the file that its publisher made`,
  });
});

test("a server that never answers counts as unreachable", async () => {
  using folder = new TemporaryFolder();
  await using server = await serve(() => undefined);
  await expect(download(server.url, folder.join("file"), sha256, undefined, silence)).rejects.toMatchObject({
    code: "unreachable",
    message: `${server.url.host} does not answer`,
  });
});

test("a server that stops in the middle counts as unreachable", async () => {
  using folder = new TemporaryFolder();
  await using server = await serve((_request, response) => response.write(content.subarray(0, 1000)));
  await expect(download(server.url, folder.join("file"), sha256, undefined, silence)).rejects.toMatchObject({
    code: "unreachable",
  });
});

test("a slow server that goes on sending is waited for", async () => {
  await using server = await serve((_request, response) => {
    void (async () => {
      for (const piece of ["slow", " but", " steady"]) {
        await sleep(silence * 0.6);
        response.write(piece);
      }
      response.end();
    })();
  });
  await expect(downloadText(server.url, silence)).resolves.toBe("slow but steady");
});

test("a cut connection counts as unreachable, never as a short file", async () => {
  using folder = new TemporaryFolder();
  await using server = await serve((_request, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 1000), () => response.destroy());
  });
  await expect(download(server.url, folder.join("file"), sha256)).rejects.toMatchObject({
    code: "unreachable",
  });
});

test("a port that nobody listens on counts as unreachable", async () => {
  await expect(downloadText(await nobody())).rejects.toMatchObject({ code: "unreachable" });
});

test.each([404, 403, 500, 204])("status %i: the server has no such file", async (status) => {
  await using server = await serve((_request, response) => response.writeHead(status).end());
  await expect(downloadText(new URL("x/y", server.url))).rejects.toMatchObject({
    code: "not-offered",
    message: `${server.url.host} answers ${status} for /x/y`,
  });
});
