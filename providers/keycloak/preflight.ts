import { Failure } from "../../report/failure.ts";
import type { KeycloakAdmin } from "./admin-client.ts";

/**
 * Checks before a run that Keycloak answers, lets the administrator in, and lets them create realms. Changes
 * nothing on the server.
 *
 * Throws a {@link Failure}: `server-unreachable`, `certificate-untrusted`, `not-keycloak`, `wrong-password`,
 * `missing-privilege`, `server-error`.
 */
export async function checkKeycloak(admin: KeycloakAdmin): Promise<void> {
  await admin.signIn();
  // A token does not say what its owner may do. Keycloak checks the privilege first and the name next, and no realm can
  // have this name: 403 without the privilege, 400 with it, and never a realm.
  try {
    await admin.post("/realms", { realm: "/" });
  } catch (error) {
    if (error instanceof Failure && error.code === "request-refused") return;
    if (error instanceof Failure && error.code === "missing-privilege") {
      throw new Failure(
        "missing-privilege",
        `Keycloak's administrator may not create realms at ${admin.url}`,
        {
          system: "Keycloak",
          fix: "give it the role create-realm or admin of the realm master",
          cause: error,
        },
      );
    }
    throw error;
  }
  throw new Failure("not-keycloak", `${admin.url} accepts what Keycloak refuses`, {
    system: "Keycloak",
    fix: "check the address",
  });
}
