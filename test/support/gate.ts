import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Stands between a project and a server, and can be shut, without other suites' server being stopped. */
export class Gate {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #state: State;

  static async open(target: number): Promise<Gate> {
    const sockets = new Set<Socket>();
    const state: State = { open: true, watch: undefined };
    const server = createServer((near) => {
      if (!state.open) {
        near.resetAndDestroy();
        return;
      }
      const far = connect(target, "127.0.0.1");
      near.on("data", (data: Buffer) => {
        if (state.watch?.words.test(data.toString("latin1")) !== true) return;
        if (state.watch.then === "shut") shut(sockets, state);
        else far.cork();
        state.watch.heard();
      });
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one);
        one.pipe(other);
        one.on("error", () => other.destroy()).on("close", () => sockets.delete(one));
      }
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return new Gate(address.port, server, sockets, state);
  }

  private constructor(port: number, server: Server, sockets: Set<Socket>, state: State) {
    this.port = port;
    this.#server = server;
    this.#sockets = sockets;
    this.#state = state;
  }

  shut(): void {
    shut(this.#sockets, this.#state);
  }

  /** Shuts as soon as something like this is said to the server, which doesn't hear it. Ends when that has happened. */
  shutAt(words: RegExp): Promise<void> {
    return this.#at(words, "shut");
  }

  /** As {@link shutAt}, but who said it waits for an answer, until the gate is shut. */
  holdAt(words: RegExp): Promise<void> {
    return this.#at(words, "hold");
  }

  #at(words: RegExp, then: Watch["then"]): Promise<void> {
    return new Promise((heard) => {
      this.#state.watch = { words, then, heard };
    });
  }

  reopen(): void {
    this.#state.open = true;
    this.#state.watch = undefined;
  }

  close(): void {
    this.shut();
    this.#server.close();
  }
}

interface Watch {
  readonly words: RegExp;
  readonly then: "shut" | "hold";
  readonly heard: () => void;
}

interface State {
  open: boolean;
  watch: Watch | undefined;
}

function shut(sockets: ReadonlySet<Socket>, state: State): void {
  state.open = false;
  for (const socket of sockets) socket.resetAndDestroy();
}
