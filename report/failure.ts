/** What a {@link Failure} may say beyond its message. */
export interface FailureDetails {
  /** What the reader does next: a command or an edit, as one sentence. */
  readonly fix?: string;
  /** The system that refused or did not answer, by the name people know it by: "PostgreSQL", "Keycloak". */
  readonly system?: string;
  /** The error underneath, kept for `--json` and debugging, never printed as it is. */
  readonly cause?: unknown;
}

/**
 * An expected failure: something the reader can understand and mend. It carries a stable code for scripts and is turned
 * into text only where it is printed. Any other exception is a bug in Tenantry and shows its stack.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  /** Stable, kebab-case: `server-unreachable`, `role-not-ours`. */
  readonly code: string;
  readonly fix: string | undefined;
  readonly system: string | undefined;

  constructor(code: string, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.fix = details.fix;
    this.system = details.system;
  }
}
