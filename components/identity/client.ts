import type * as keycloak from "@pulumi/keycloak";
import type { Input } from "@pulumi/pulumi";
import { all, output } from "@pulumi/pulumi";
import { Failure } from "../../report/failure.ts";

/** An application that signs people in by the realm. */
export interface ClientArgs {
  /** The OIDC client id. */
  readonly id: string;
  /** The display name. Default: the id. */
  readonly name?: Input<string> | undefined;
  /** `confidential`: a server that keeps a secret. `public`: a browser or native app. Default: confidential. */
  readonly type?: "confidential" | "public";
  /** https only (http for localhost), no wildcard but at the end of a path. */
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

/**
 * Returns the address when sign-in may send people there: https (http only for localhost), no wildcard but one `/*` at
 * the end of the path, no user, no fragment. Throws a {@link Failure} `redirect-uri` otherwise.
 */
export function checkedRedirectUri(uri: string): string {
  const plain = uri.endsWith("/*") ? uri.slice(0, -1) : uri;
  const url = URL.canParse(plain) ? new URL(plain) : undefined;
  const local = url !== undefined && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const allowed =
    url !== undefined &&
    (url.protocol === "https:" || (url.protocol === "http:" && local)) &&
    !/[*\s\\#]/.test(plain) &&
    url.username === "" &&
    url.password === "";
  if (allowed) return uri;
  throw new Failure("redirect-uri", `${uri} is no address that sign-in may send people to`, {
    fix: "write https://host/path (http only for localhost); a path, never a host, may end in /*",
  });
}
