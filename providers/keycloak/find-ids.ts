import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { PendingCreate } from "../system.ts";
import type { KeycloakAdmin } from "./admin-client.ts";

/** The attribute of a realm that says which tenant it was made for. */
export const ownerAttribute = "tenantry.tenant";

const id = z.object({ id: z.string() });
const inputsOf = {
  realm: z.object({ realm: z.string(), attributes: z.record(z.string(), z.unknown()).optional() }),
  named: z.object({ realmId: z.string(), name: z.string() }),
  user: z.object({ realmId: z.string(), username: z.string() }),
  client: z.object({ realmId: z.string(), clientId: z.string() }),
  mapper: z.object({ realmId: z.string(), clientId: z.string(), name: z.string() }),
  provider: z.object({ realm: z.string(), alias: z.string() }),
  flow: z.object({ realmId: z.string(), alias: z.string() }),
  execution: z.object({ realmId: z.string(), parentFlowAlias: z.string(), authenticator: z.string() }),
};
const segment = encodeURIComponent;

/**
 * Finds what a killed `create` may have made, and returns the id that the state keeps for it; undefined when the server
 * has no such thing, or when creating it once more does no harm (memberships, role mappings, default roles and the user
 * profile are set, not added).
 *
 * A person's account is made in two calls, and the second sets the password. An account without any credential is
 * deleted, so that the next `up` makes it whole.
 *
 * Throws a {@link Failure} `realm-not-ours` when the realm exists and wasn't made for the tenant, and those of
 * {@link KeycloakAdmin}.
 */
export async function findKeycloakId(
  admin: KeycloakAdmin,
  pending: PendingCreate,
): Promise<string | undefined> {
  const find = finders[pending.type];
  return find === undefined ? undefined : find(admin, pending.inputs);
}

type Finder = (admin: KeycloakAdmin, inputs: PendingCreate["inputs"]) => Promise<string | undefined>;

const findMapper: Finder = async (admin, inputs) => {
  const { realmId, clientId, name } = inputsOf.mapper.parse(inputs);
  const path = `/realms/${segment(realmId)}/clients/${segment(clientId)}/protocol-mappers/models`;
  const mappers = await admin.get(path, z.array(id.extend({ name: z.string() })));
  const mapper = mappers?.find((each) => each.name === name);
  return mapper?.id;
};

const finders: Readonly<Record<string, Finder>> = {
  "keycloak:index/realm:Realm": async (admin, inputs) => {
    const { realm, attributes } = inputsOf.realm.parse(inputs);
    const shape = z.object({ attributes: z.record(z.string(), z.unknown()).optional() });
    const found = await admin.get(`/realms/${segment(realm)}`, shape);
    if (found === undefined) return undefined;
    const owner = attributes?.[ownerAttribute];
    if (owner === undefined || found.attributes?.[ownerAttribute] !== owner) {
      throw new Failure(
        "realm-not-ours",
        `realm ${realm} exists and was not made by Tenantry for this tenant`,
        {
          system: "Keycloak",
          fix: "give the tenant another realm name (identity.realm); taking over a realm is not possible yet",
        },
      );
    }
    return realm;
  },

  "keycloak:index/role:Role": async (admin, inputs) => {
    const { realmId, name } = inputsOf.named.parse(inputs);
    return (await admin.get(`/realms/${segment(realmId)}/roles/${segment(name)}`, id))?.id;
  },

  "keycloak:index/group:Group": async (admin, inputs) => {
    const { realmId, name } = inputsOf.named.parse(inputs);
    return (await admin.get(`/realms/${segment(realmId)}/group-by-path/${segment(name)}`, id))?.id;
  },

  "keycloak:index/user:User": async (admin, inputs) => {
    const { realmId, username } = inputsOf.user.parse(inputs);
    const users = `/realms/${segment(realmId)}/users`;
    const found = await admin.get(`${users}?exact=true&username=${segment(username)}`, z.array(id));
    const user = found?.[0];
    if (user === undefined) return undefined;
    const credentials = await admin.get(`${users}/${user.id}/credentials`, z.array(z.unknown()));
    if (credentials === undefined || credentials.length > 0) return user.id;
    await admin.delete(`${users}/${user.id}`);
    return undefined;
  },

  "keycloak:openid/client:Client": async (admin, inputs) => {
    const { realmId, clientId } = inputsOf.client.parse(inputs);
    const path = `/realms/${segment(realmId)}/clients?clientId=${segment(clientId)}`;
    return (await admin.get(path, z.array(id)))?.[0]?.id;
  },

  "keycloak:openid/groupMembershipProtocolMapper:GroupMembershipProtocolMapper": findMapper,
  "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper": findMapper,

  "keycloak:oidc/identityProvider:IdentityProvider": async (admin, inputs) => {
    const { realm, alias } = inputsOf.provider.parse(inputs);
    const path = `/realms/${segment(realm)}/identity-provider/instances/${segment(alias)}`;
    const found = await admin.get(path, z.object({ alias: z.string() }));
    return found?.alias;
  },

  "keycloak:authentication/flow:Flow": async (admin, inputs) => {
    const { realmId, alias } = inputsOf.flow.parse(inputs);
    const path = `/realms/${segment(realmId)}/authentication/flows`;
    const flows = await admin.get(path, z.array(id.extend({ alias: z.string() })));
    return flows?.find((flow) => flow.alias === alias)?.id;
  },

  "keycloak:authentication/execution:Execution": async (admin, inputs) => {
    const { realmId, parentFlowAlias, authenticator } = inputsOf.execution.parse(inputs);
    const path = `/realms/${segment(realmId)}/authentication/flows/${segment(parentFlowAlias)}/executions`;
    const executions = await admin.get(path, z.array(id.extend({ providerId: z.string().optional() })));
    const execution = executions?.find((each) => each.providerId === authenticator);
    return execution?.id;
  },
};
