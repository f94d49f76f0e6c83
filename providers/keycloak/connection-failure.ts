import { z } from "zod";
import { Failure } from "../../report/failure.ts";

const certificateErrors =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO|HOSTNAME_MISMATCH)/;

/** Turns what `fetch` throws into a {@link Failure} `server-unreachable` or `certificate-untrusted`. */
export function connectionFailure(error: unknown, call: string, url: string): Failure {
  const code = codeOf(error);
  if (certificateErrors.test(code)) {
    return new Failure(
      "certificate-untrusted",
      `${call}: the certificate of ${url} is not trusted (${code})`,
      {
        system: "Keycloak",
        fix: "name its authority's certificate in NODE_EXTRA_CA_CERTS, or mend the address",
        cause: error,
      },
    );
  }
  const why = code === "TimeoutError" ? "no answer in time" : code;
  return new Failure("server-unreachable", `${call}: ${url} does not answer (${why})`, {
    system: "Keycloak",
    fix: "check that the server runs and that the address is right; the local one starts with: npx tenantry local up",
    cause: error,
  });
}

const systemError = z
  .object({ code: z.unknown(), name: z.string(), cause: z.unknown(), errors: z.array(z.unknown()) })
  .partial();

/** `fetch` hides the system's error one or two causes deep. */
function codeOf(error: unknown): string {
  const { code, name = "unknown", cause, errors = [] } = systemError.safeParse(error).data ?? {};
  if (typeof code === "string") return code;
  const inner = errors[0] ?? cause;
  return inner === undefined ? name : codeOf(inner);
}
