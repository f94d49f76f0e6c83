import { z } from "zod";
import { Failure } from "../../report/failure.ts";

const certificateErrors =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO|HOSTNAME_MISMATCH)/;

/** The server never saw the request, so that sending it again does nothing twice. */
const notSent = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

interface Call {
  /** The name people know the system by. */
  readonly system: string;
  /** `GET /users/me`: no query, which may say more than a message should. */
  readonly call: string;
  /** The server's address. */
  readonly url: string;
}

/** Turns what `fetch` throws into a {@link Failure} `server-unreachable` or `certificate-untrusted`. */
export function connectionFailure(error: unknown, { system, call, url }: Call): Failure {
  const code = errorCode(error);
  if (certificateErrors.test(code)) {
    return new Failure(
      "certificate-untrusted",
      `${call}: the certificate of ${url} is not trusted (${code})`,
      {
        system,
        fix: "name its authority's certificate in NODE_EXTRA_CA_CERTS, or mend the address",
        cause: error,
      },
    );
  }
  const why = code === "TimeoutError" ? "no answer in time" : code;
  return new Failure("server-unreachable", `${call}: ${url} does not answer (${why})`, {
    system,
    fix: "check that the server runs and that the address is right; a local one starts with: npx tenantry local up",
    cause: error,
  });
}

/** Whether an error of `fetch` says for certain that the request reached no server. */
export function wasNotSent(error: unknown): boolean {
  const code = errorCode(error);
  return notSent.test(code) || certificateErrors.test(code);
}

const systemError = z
  .object({ code: z.unknown(), name: z.string(), cause: z.unknown(), errors: z.array(z.unknown()) })
  .partial();

/** `fetch` hides the system's error one or two causes deep. */
function errorCode(error: unknown): string {
  const { code, name = "unknown", cause, errors = [] } = systemError.safeParse(error).data ?? {};
  if (typeof code === "string") return code;
  const inner = errors[0] ?? cause;
  return inner === undefined ? name : errorCode(inner);
}
