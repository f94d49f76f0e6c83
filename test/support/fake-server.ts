import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A loopback HTTP server that answers as told. Gives its address and a way to stop it. */
export async function fakeServer(
  answer: RequestListener,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
