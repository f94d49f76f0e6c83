import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A time span in milliseconds since the process began. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Passes bytes on between a client and a server of any protocol, and notes how long the server takes: from the first
 * byte of a question to the last one of its answer.
 */
export class TimingProxy {
  readonly port: number;
  readonly #server: Server;
  #answers: Span[] = [];

  private constructor(server: Server, target: { readonly host: string; readonly port: number }) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (client) => this.#join(client, connect(target.port, target.host)));
  }

  static async start(host: string, port: number): Promise<TimingProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new TimingProxy(server, { host, port });
  }

  /** Every answer since the last call, in the order in which they ended. */
  take(): readonly Span[] {
    const answers = this.#answers;
    this.#answers = [];
    return answers;
  }

  close(): void {
    this.#server.close();
  }

  #join(client: Socket, server: Socket): void {
    let asked: number | undefined;
    let answered: number | undefined;
    const note = (): void => {
      if (asked !== undefined && answered !== undefined) this.#answers.push({ from: asked, to: answered });
      asked = answered = undefined;
    };
    client.on("data", (bytes) => {
      if (answered !== undefined) note();
      asked ??= performance.now();
      server.write(bytes);
    });
    server.on("data", (bytes) => {
      if (asked !== undefined) answered = performance.now();
      client.write(bytes);
    });
    for (const [end, other] of [
      [client, server],
      [server, client],
    ] as const) {
      end.on("close", () => {
        note();
        other.destroy();
      });
      end.on("error", () => other.destroy());
    }
  }
}

/** All spans one after the other, in milliseconds. */
export function sum(spans: readonly Span[]): number {
  return spans.reduce((total, { from, to }) => total + to - from, 0);
}

/** The time in which at least one of the spans ran, in milliseconds. */
export function covered(spans: readonly Span[]): number {
  let total = 0;
  let end = -Infinity;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return total;
}
