import { Failure, type FailureDetails } from "../../report/failure.ts";

/** What a server answered that was no success. */
interface Refusal extends FailureDetails {
  /** The HTTP status; absent when the answer got lost. */
  readonly status?: number;
  /** The answer's body, parsed where it is JSON: to tell one refusal from another, never to print. */
  readonly body?: unknown;
}

/**
 * A call that a server refused or whose answer got lost. `code` is `wrong-token`, `missing-privilege`, `not-found`,
 * `conflict`, `request-refused`, `rate-limited`, `server-error`, `unexpected-answer` or `answer-lost`.
 */
export class ApiFailure extends Failure {
  readonly status: number | undefined;
  readonly body: unknown;

  constructor(code: string, message: string, { status, body, ...details }: Refusal) {
    super(code, message, details);
    this.status = status;
    this.body = body;
  }
}
