import type { Place } from "./place.ts";

/** How a server's one long-lived process is started. */
export interface Launch {
  /** The program and its arguments: seen by every user of the machine, so never a secret. */
  readonly argv: readonly [program: string, ...args: string[]];
  /** An argument that only this server's process has, for example its data folder: tells it from a recycled pid. */
  readonly mark: string;
  /** Variables on top of a minimal environment. Secrets go here. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whom it runs as, where it must not be the user who types the command. */
  readonly user?: User;
}

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Tells what a step is doing right now. */
export type Say = (detail: string) => void;

/** Tells something that stays readable when the step is over. */
export type Note = (text: string) => void;

/**
 * A server of the local environment. To add one, write a file that exports a `Server` and add it to the list in
 * servers.ts. Each method may be called again at any time, after any interruption.
 */
export interface Server {
  /** Its folder below `.tenantry/local`, and what `--only` takes. */
  readonly name: string;
  readonly title: string;
  /** Whether it only starts when it was chosen: by `--with`, now or before. */
  readonly optional?: true;
  /** The servers that must run before this one. */
  readonly needs: readonly Server[];
  /** The loopback ports that it listens on; the first is the one that `status` shows. */
  readonly ports: readonly [string, ...string[]];
  /** What ends it in good order: connections cut, data written. */
  readonly stopSignal: "SIGINT" | "SIGTERM";
  /** How long it may take until it's ready, in milliseconds. */
  readonly patience: number;

  /** Its address, for people. */
  address(place: Place): string;
  /** Gets the software. Throws a `Failure` that says what's missing; anything once `signal` is aborted. */
  obtain(say: Say, signal: AbortSignal): Promise<void>;
  /** Makes what must be there before the process starts, and says how to start it. */
  prepare(place: Place, note: Note): Promise<Launch>;
  /** Whether it answers. Never throws. */
  ready(place: Place): Promise<boolean>;
  /**
   * Whether its administrator's credentials still work, where that can be lost without the server ending. Asked of one
   * that is ready.
   */
  administered?(place: Place): Promise<boolean>;
  /** Makes its administrator, once it's ready. */
  bootstrap(place: Place): Promise<void>;
  /** Whether a start that ended early, with this at the end of its log, is worth another try. */
  mayRetry?(log: string): boolean;
  /** Removes data that it keeps outside its own folder. */
  remove?(place: Place): Promise<void>;
  /** What it adds to the environment's file: addresses, no secrets. Of one that isn't chosen, only the names count. */
  environment(place: Place): Readonly<Record<string, unknown>>;
  /** What it adds to the environment variables that hold credentials. */
  credentials(place: Place): Readonly<Record<string, string>>;
}
