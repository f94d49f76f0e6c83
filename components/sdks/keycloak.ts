/** What components make of Keycloak's SDK: see github.ts. */
export * as authentication from "./keycloak/authentication.ts";
export * as oidc from "./keycloak/oidc.ts";
export * as openid from "./keycloak/openid.ts";
export { DefaultRoles } from "@pulumi/keycloak/defaultRoles.js";
export { Group } from "@pulumi/keycloak/group.js";
export { Realm, type RealmArgs } from "@pulumi/keycloak/realm.js";
export { RealmUserProfile, type RealmUserProfileArgs } from "@pulumi/keycloak/realmUserProfile.js";
export { Role } from "@pulumi/keycloak/role.js";
export { User } from "@pulumi/keycloak/user.js";
export { UserGroups } from "@pulumi/keycloak/userGroups.js";
export { UserRoles } from "@pulumi/keycloak/userRoles.js";
