import type { Input } from "@pulumi/pulumi";
import { all, output } from "@pulumi/pulumi";
import type * as keycloak from "../sdks/keycloak.ts";
import { Failure } from "../../report/failure.ts";
import { redirectUriError, redirectUriPattern } from "../../schema/web-address.ts";

/** An application that signs people in by the realm. */
export interface ClientArgs {
  /** The OIDC client id. */
  readonly id: string;
  /** The display name. Default: the id. */
  readonly name?: Input<string> | undefined;
  /** `confidential`: a server that keeps a secret. `public`: a browser or native app. Default: confidential. */
  readonly type?: "confidential" | "public";
  /** https only (http for localhost), no wildcard but `/*` at the end of a path. */
  readonly redirectUris: Input<Input<string>[]>;
}

/** A client of the authorization code flow with PKCE, and of nothing else. */
export function openidClientArgs(
  realmId: Input<string>,
  { id, name = id, type = "confidential", redirectUris }: ClientArgs,
): keycloak.openid.ClientArgs {
  return {
    realmId,
    clientId: id,
    name,
    accessType: type === "public" ? "PUBLIC" : "CONFIDENTIAL",
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    pkceCodeChallengeMethod: "S256",
    validRedirectUris: output(redirectUris)
      .apply((uris) => all(uris))
      .apply((uris) => uris.map(checkedRedirectUri)),
    // "+": the addresses above, for sign-out and for scripts in the browser.
    validPostLogoutRedirectUris: ["+"],
    webOrigins: ["+"],
    fullScopeAllowed: true,
    consentRequired: false,
  };
}

/** Returns the address when sign-in may send people there. Throws a {@link Failure} `redirect-uri` otherwise. */
export function checkedRedirectUri(uri: string): string {
  if (redirectUriPattern.test(uri)) return uri;
  throw new Failure("redirect-uri", `${uri} is not ${redirectUriError(uri)}`, {
    fix: "mend the redirect address",
  });
}
