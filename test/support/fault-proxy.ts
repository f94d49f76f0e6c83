import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createSecureServer, request as forwardSecurely } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { selfSigned } from "../../testbed/self-signed.ts";

/** What goes wrong with a call. `cut after`: the server did the work, its answer is lost. `reset`: it never saw the call. */
export type Fault =
  | "cut after"
  | "reset"
  | "hang"
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** Which calls; what is left out matches all. */
export interface Match {
  readonly method?: string;
  readonly path?: RegExp;
}

interface Rule {
  readonly match: Match;
  readonly fault: Fault;
  readonly once: boolean;
}

/**
 * Stands between a client and a real server, passes everything on, and breaks what it is told to. Before a server with TLS it has
 * a certificate of its own that nobody vouches for.
 */
export class FaultProxy {
  /** Its address, with the target's path. */
  readonly url: string;
  /** Every call so far, in order. */
  readonly calls: { readonly method: string; readonly path: string }[] = [];
  readonly #server: Server;
  #rules: Rule[] = [];

  private constructor(server: Server, target: URL) {
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.url = `${target.protocol}//127.0.0.1:${port}${target.pathname.replace(/\/$/, "")}`;
    server.on("request", (incoming: IncomingMessage, outgoing: ServerResponse) => {
      void this.#pass(incoming, outgoing, target);
    });
  }

  static async start(target: string): Promise<FaultProxy> {
    const url = new URL(target);
    const server = url.protocol === "https:" ? createSecureServer(selfSigned()) : createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new FaultProxy(server, url);
  }

  /** Breaks the next call that matches, and no other. */
  once(match: Match, fault: Fault): void {
    this.#rules.push({ match, fault, once: true });
  }

  /** Breaks every call that matches, until `clear`. */
  always(match: Match, fault: Fault): void {
    this.#rules.push({ match, fault, once: false });
  }

  clear(): void {
    this.#rules = [];
    this.calls.length = 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse, target: URL): Promise<void> {
    const { method = "GET", url: path = "/", headers } = incoming;
    this.calls.push({ method, path });
    const fault = this.#faultOf(method, path);
    const body = await buffer(incoming).catch(() => undefined);
    if (body === undefined || fault === "hang") return;
    if (fault === "reset") return void outgoing.destroy();
    if (typeof fault === "object") {
      outgoing.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
      return void outgoing.end(fault.body ?? "{}");
    }
    const { hostname, port, host, protocol } = target;
    const send = protocol === "https:" ? forwardSecurely : forward;
    const options = {
      hostname,
      port,
      method,
      path,
      headers: { ...headers, host },
      rejectUnauthorized: false,
    };
    const onward = send(options, (answer) => {
      if (fault === "cut after") return void answer.resume().on("end", () => outgoing.destroy());
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    onward.end(body);
  }

  #faultOf(method: string, path: string): Fault | undefined {
    const matches = ({ match }: Rule): boolean =>
      (match.method ?? method) === method && (match.path?.test(path) ?? true);
    const rule = this.#rules.find(matches);
    if (rule?.once === true) this.#rules = this.#rules.filter((each) => each !== rule);
    return rule?.fault;
  }
}
