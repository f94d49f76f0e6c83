import type { GroupEntity, UserEntity } from "@backstage/catalog-model";
import { githubTeam } from "../schema/account-name.ts";
import { hasService, isOver, type Tenant, type User, username } from "../schema/tenant.ts";
import { entityName } from "./entity-name.ts";
import { apiVersion, metadata } from "./metadata.ts";
import type { Surroundings } from "./surroundings.ts";

/** The annotation that Keycloak's own plugin writes on whom it finds in a realm. */
const realmAnnotation = "keycloak.org/realm";

/** The tenant as a group, with a group for each of its teams below it. */
export function groupsOf(tenant: Tenant, { sourceControl }: Surroundings): GroupEntity[] {
  const { id, kind, name, parent, teams } = tenant;
  return [
    {
      apiVersion,
      kind: "Group",
      metadata: metadata(id, id),
      spec: {
        type: kind === "businessUnit" ? "business-unit" : "organization",
        profile: { displayName: name },
        ...(parent !== undefined && { parent }),
        children: [],
      },
    },
    ...teams.map((team): GroupEntity => ({
      apiVersion,
      kind: "Group",
      metadata: metadata(id, entityName(id, team.id), {
        annotations: {
          [realmAnnotation]: realm(tenant),
          ...(sourceControl?.system === "github" && {
            "github.com/team-slug": `${sourceControl.organization}/${githubTeam(id, team.id)}`,
          }),
        },
      }),
      spec: {
        type: "team",
        profile: { displayName: team.name ?? team.id },
        parent: id,
        children: [],
      },
    })),
  ];
}

/** Everyone who gets in: nobody of a suspended tenant, and nobody after their last day. */
export function usersOf(tenant: Tenant, { today, sourceControl }: Surroundings): UserEntity[] {
  const { id, status, users } = tenant;
  if (status !== "active") return [];
  return users
    .filter((user) => !isOver(user, today))
    .map((user) => ({
      apiVersion,
      kind: "User",
      metadata: metadata(id, entityName(id, username(user)), {
        annotations: {
          ...(hasService(tenant, user, "identity") && { [realmAnnotation]: realm(tenant) }),
          ...(sourceControl?.system === "github" &&
            user.github !== undefined && { "github.com/user-login": user.github }),
        },
      }),
      spec: {
        profile: { displayName: `${user.firstName} ${user.lastName}`, email: user.email },
        memberOf: groupsWith(id, user),
      },
    }));
}

/** Administrators own what is the whole tenant's, and so does who is in no team. */
function groupsWith(id: string, { role, teams }: User): string[] {
  const own = role === "tenant_admin" || teams.length === 0 ? [id] : [];
  return [...own, ...teams.map((team) => entityName(id, team))];
}

function realm({ id, identity }: Tenant): string {
  return identity.realm ?? id;
}
