import type { Input } from "@pulumi/pulumi";
import { secret } from "@pulumi/pulumi";
import type * as keycloak from "../sdks/keycloak.ts";

interface Common {
  /** The name in the realm and in its callback address. */
  readonly alias: string;
  readonly clientId: Input<string>;
  /** Kept as a secret, whatever is handed in. */
  readonly clientSecret: Input<string>;
}

/** Another place that people may sign in with. */
export type IdentityProviderArgs =
  | (Common & { readonly type: "github" })
  | (Common & {
      readonly type: "entra-id";
      /** The directory (tenant) id of Entra ID. */
      readonly directoryId: string;
    })
  | (Common & {
      readonly type: "oidc";
      readonly issuer: Input<string>;
      readonly authorizationUrl: Input<string>;
      readonly tokenUrl: Input<string>;
      readonly userInfoUrl?: Input<string> | undefined;
      readonly jwksUrl: Input<string>;
    });

/**
 * Signatures are checked, the code is protected by PKCE, addresses are not believed, tokens are not kept, and what the
 * realm knows about a person stays as the tenant's file says.
 */
export function identityProviderArgs(
  realm: Input<string>,
  firstSignInFlow: Input<string>,
  args: IdentityProviderArgs,
): keycloak.oidc.IdentityProviderArgs {
  return {
    realm,
    alias: args.alias,
    enabled: true,
    clientId: args.clientId,
    clientSecret: secret(args.clientSecret),
    storeToken: false,
    trustEmail: false,
    linkOnly: false,
    syncMode: "IMPORT",
    firstBrokerLoginFlowAlias: firstSignInFlow,
    ...endpoints(args),
  };
}

type Endpoints = Pick<
  keycloak.oidc.IdentityProviderArgs,
  | "providerId"
  | "displayName"
  | "authorizationUrl"
  | "tokenUrl"
  | "userInfoUrl"
  | "jwksUrl"
  | "issuer"
  | "defaultScopes"
  | "validateSignature"
  | "extraConfig"
>;

function endpoints(args: IdentityProviderArgs): Endpoints {
  const openid = {
    providerId: "oidc",
    defaultScopes: "openid profile email",
    validateSignature: true,
    extraConfig: { pkceEnabled: "true", pkceMethod: "S256" },
  };
  switch (args.type) {
    case "github":
      return {
        // Keycloak knows GitHub's addresses; the plugin wants them all the same.
        providerId: "github",
        displayName: "GitHub",
        authorizationUrl: "https://github.com/login/oauth/authorize",
        tokenUrl: "https://github.com/login/oauth/access_token",
        defaultScopes: "user:email",
      };
    case "entra-id": {
      const login = "https://login.microsoftonline.com";
      return {
        ...openid,
        displayName: "Microsoft Entra ID",
        issuer: `${login}/${args.directoryId}/v2.0`,
        authorizationUrl: `${login}/${args.directoryId}/oauth2/v2.0/authorize`,
        tokenUrl: `${login}/${args.directoryId}/oauth2/v2.0/token`,
        jwksUrl: `${login}/${args.directoryId}/discovery/v2.0/keys`,
        userInfoUrl: "https://graph.microsoft.com/oidc/userinfo",
      };
    }
    case "oidc":
      return {
        ...openid,
        displayName: args.alias,
        issuer: args.issuer,
        authorizationUrl: args.authorizationUrl,
        tokenUrl: args.tokenUrl,
        jwksUrl: args.jwksUrl,
        ...(args.userInfoUrl !== undefined && { userInfoUrl: args.userInfoUrl }),
      };
  }
}
