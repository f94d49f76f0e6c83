import { rmSync } from "node:fs";
import { request, type IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { createEmulator, type EmulatorOptions } from "emulate";
import { z } from "zod";
import { readRecord, writeRecord } from "../record.ts";
import { Journal, type Change } from "./journal.ts";
import type { Memory, Workshop } from "./supplement.ts";
import { protections } from "./supplements/protection.ts";
import { repositories } from "./supplements/repositories.ts";
import { teams } from "./supplements/teams.ts";
import { webhooks } from "./supplements/webhooks.ts";

/** Who owns the organization. */
const owner = "tenantry-owner";

/** Accounts that are there from the start, for the examples. */
const people = ["octocat", "chloe-dubois", "benoit-martin"];

/** What GitHub does and the emulator doesn't. */
const supplements = [...repositories, ...teams, ...protections, ...webhooks];

/** Where the emulator listens, in the working directory: whoever can't get in there can't reach it. */
const socket = "emulate.sock";

const emulator = z.object({ close: z.custom<() => Promise<void>>((value) => typeof value === "function") });

interface Options {
  /** Its address as callers know it. */
  readonly url: string;
  readonly organization: string;
  /** The owner's. */
  readonly token: string;
}

/** A call of GitHub's REST API. */
export interface Call extends Change {
  readonly headers: IncomingHttpHeaders;
}

/** The answer to a call. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * npm's `emulate`, which listens on every interface and forgets everything when it ends, as a server that is reached
 * through this object alone and remembers. Files are kept in the working directory.
 */
export class StandIn {
  readonly token: string;
  readonly #options: Options;
  /** Rebuilt from the journal. */
  readonly #memory: Memory = new Map();
  readonly #journal = new Journal("journal.jsonl");
  #emulator: z.output<typeof emulator> | undefined;
  /** The calls that change something come one after the other: the journal has their order. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.token = options.token;
  }

  /** Starts the emulator in the state in which the last one was. */
  async start(): Promise<void> {
    deliverHere(false);
    this.#memory.clear();
    rmSync(socket, { force: true });
    // Its port goes to `listen` as it is, where a text is a socket's path; its types only know numbers.
    const started: unknown = await Reflect.apply(createEmulator, undefined, [
      { ...this.#seed(), port: socket },
    ]);
    this.#emulator = emulator.parse(started);
    for (const change of this.#journal.all()) await this.#answer({ ...change, headers: {} });
    deliverHere(true);
  }

  /** Makes a call. What it changed is still there after a restart. */
  call(made: Call): Promise<Answer> {
    if (["GET", "HEAD"].includes(made.method)) return this.#answer(made);
    return this.#inTurn(async () => {
      const answer = await this.#answer(made);
      const { method, path, body } = made;
      if (answer.status < 300) this.#journal.add({ method, path, body });
      return answer;
    });
  }

  /** Makes an account, as people do on GitHub by themselves. */
  addUser(login: string): Promise<void> {
    return this.#inTurn(async () => {
      const { added = "" } = readRecord("users.json");
      writeRecord("users.json", { added: [...new Set(added.split(" ").filter(Boolean)), login].join(" ") });
      await this.#emulator?.close();
      await this.start();
    });
  }

  #seed(): EmulatorOptions {
    const { url, organization, token } = this.#options;
    const { added = "" } = readRecord("users.json");
    const logins = [...new Set([owner, ...people, ...added.split(" ").filter(Boolean)])];
    return {
      service: "github",
      baseUrl: url,
      seed: {
        tokens: {
          [token]: { login: owner, scopes: ["repo", "admin:org", "admin:repo_hook", "delete_repo"] },
        },
        github: {
          users: logins.map((login) => ({ login })),
          orgs: [{ login: organization, name: "Tenantry", members: [{ login: owner, role: "admin" }] }],
        },
      },
    };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #answer(call: Call): Promise<Answer> {
    const ask: Workshop["ask"] = ({ body, ...each }) =>
      this.#forward({ ...call, ...each, body: body === undefined ? "" : JSON.stringify(body) });
    for (const { method, path, answer } of supplements) {
      const found = method === call.method ? path.exec(call.path) : null;
      if (found) return answer({ call, parts: found.groups ?? {}, ask, memory: this.#memory });
    }
    return this.#forward(call);
  }

  #forward({ method, path, body, headers }: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = request({
        socketPath: socket,
        method,
        path,
        headers: {
          ...headers,
          authorization: `Bearer ${this.token}`,
          "content-length": Buffer.byteLength(body),
          connection: "close",
        },
      });
      call.once("error", reject);
      call.once("response", (response) => {
        const { statusCode: status = 500, headers: given } = response;
        buffer(response).then((bytes) => resolve({ status, headers: given, body: bytes }), reject);
      });
      call.end(body);
    });
  }
}

/** The emulator sends webhooks for real. Nothing leaves this machine, and nothing is sent twice. */
const deliver = globalThis.fetch;
function deliverHere(isOn: boolean): void {
  globalThis.fetch = (to, ...rest) => {
    const { hostname } = new URL(to instanceof Request ? to.url : to);
    if (isOn && ["127.0.0.1", "localhost"].includes(hostname)) return deliver(to, ...rest);
    return Promise.reject(new Error(`nothing is delivered to ${hostname}`));
  };
}
