import type { Output, Resource } from "@pulumi/pulumi";
import * as keycloak from "../sdks/keycloak.ts";

/**
 * What happens at the first sign-in with GitHub, Entra ID or another provider. Keycloak's own flow makes an account for
 * whoever comes; the tenant's file would no longer say who has access, and who is removed from it could come back. This
 * flow finds the account with the same e-mail address, asks once for its password, and links the two. Returns its alias.
 */
export function firstSignInFlow(name: string, realm: keycloak.Realm, parent: Resource): Output<string> {
  const options = { parent, deletedWith: realm };
  const flow = new keycloak.authentication.Flow(
    name,
    {
      realmId: realm.id,
      alias: "link declared people",
      description: "Links an account elsewhere to an account that the tenant's file declares; makes none.",
      providerId: "basic-flow",
    },
    options,
  );
  const step = { realmId: realm.id, parentFlowAlias: flow.alias, requirement: "REQUIRED" };
  const find = new keycloak.authentication.Execution(
    `${name}-find`,
    { ...step, authenticator: "idp-detect-existing-broker-user" },
    options,
  );
  const prove = new keycloak.authentication.Execution(
    `${name}-prove`,
    { ...step, authenticator: "idp-username-password-form" },
    { ...options, dependsOn: find },
  );
  // After its steps: a provider that used the flow sooner would link without proof.
  return prove.parentFlowAlias;
}
