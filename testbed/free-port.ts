import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { Failure } from "../report/failure.ts";

/** Below the range from which Linux and macOS take ports for outgoing connections. */
const range = { from: 20_000, to: 32_000 } as const;

/** A loopback port that nobody listens on, none of `taken`. */
export async function freePort(taken: ReadonlySet<number>): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = randomInt(range.from, range.to);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Failure("no-free-port", `no free port found between ${range.from} and ${range.to} on 127.0.0.1`, {
    fix: "end programs that listen there",
  });
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
