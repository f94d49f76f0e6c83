import { Failure } from "../report/failure.ts";

/**
 * Reads the secret that a tenant file refers to as `env:NAME`. Keep the result in a Pulumi secret, nowhere else.
 *
 * Throws a {@link Failure} `secret-missing` when the variable is unset or empty, `secret-reference` when the reference
 * has another form. Neither message holds a secret.
 */
export function resolveSecret(
  reference: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const name = /^env:([A-Z][A-Z0-9_]*)$/.exec(reference)?.[1];
  if (name === undefined) {
    throw new Failure("secret-reference", "a secret is not given as env:NAME", {
      fix: "put the secret into an environment variable and write env:NAME in the tenant file",
    });
  }
  const value = env[name];
  if (!value) {
    throw new Failure(
      "secret-missing",
      `environment variable ${name} is not set, and a tenant file refers to it`,
      {
        fix: `set ${name} to the secret before the run`,
      },
    );
  }
  return value;
}
