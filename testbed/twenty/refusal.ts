/** What Twenty refuses, with its status, its name for it, and its words. */
export class Refusal extends Error {
  readonly status: number;
  /** REST's `error`. */
  readonly error: string;
  /** GraphQL's `extensions.code`. */
  readonly code: string;

  constructor(status: number, message: string, error = nameOf(status), code = codeOf(status)) {
    super(message);
    this.status = status;
    this.error = error;
    this.code = code;
  }
}

/** What this stand-in was not taught; the real Twenty may know it. */
export function notTaught(what: string): Refusal {
  return new Refusal(501, `this stand-in for Twenty was not taught ${what}`, "NotImplementedException");
}

const names: Readonly<Record<number, string>> = {
  400: "BadRequestException",
  403: "ForbiddenException",
  404: "NotFoundException",
};
const codes: Readonly<Record<number, string>> = {
  400: "BAD_USER_INPUT",
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
};

function nameOf(status: number): string {
  return names[status] ?? "InternalServerErrorException";
}

function codeOf(status: number): string {
  return codes[status] ?? "INTERNAL_SERVER_ERROR";
}
