import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export interface FileServer extends AsyncDisposable {
  readonly url: URL;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
}

/** A web server on a free loopback port. */
export async function serve(answer: RequestListener): Promise<FileServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server of fixed files; 404 for everything else. */
export function serveFiles(files: Readonly<Record<string, Buffer | string>>): Promise<FileServer> {
  return serve((request, response) => {
    const file = files[request.url ?? ""];
    if (file === undefined) response.writeHead(404).end();
    else response.end(file);
  });
}

/** The address of a port that nobody listens on. */
export async function nobody(): Promise<URL> {
  await using server = await serve((_request, response) => response.end());
  return server.url;
}
