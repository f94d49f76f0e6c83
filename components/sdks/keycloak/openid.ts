/** Clients and what their tokens say, in Keycloak's SDK. */
export { AudienceProtocolMapper } from "@pulumi/keycloak/openid/audienceProtocolMapper.js";
export { Client, type ClientArgs } from "@pulumi/keycloak/openid/client.js";
export { GroupMembershipProtocolMapper } from "@pulumi/keycloak/openid/groupMembershipProtocolMapper.js";
