import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import type { IdentityArgs } from "../../../components/identity.ts";
import { keycloakCredentials } from "../../../providers/keycloak/credentials.ts";
import { findKeycloakId } from "../../../providers/keycloak/find-ids.ts";
import { KeycloakAdmin } from "../../../providers/keycloak/admin-client.ts";
import { checkKeycloak } from "../../../providers/keycloak/preflight.ts";
import { IdentityStack } from "../../support/identity-stack.ts";
import { keycloakServer } from "../../support/keycloak-server.ts";

const { url, admin } = keycloakServer();
const stack = new IdentityStack("recover-co");
const users = `/realms/${stack.name}/users`;
const declared: IdentityArgs = {
  url,
  protectRealm: false,
  teams: [{ id: "qa" }],
  people: [
    {
      username: "ada",
      email: "ada@r.example",
      firstName: "A",
      lastName: "B",
      role: "auditor",
      teams: ["qa"],
    },
  ],
  portal: { redirectUris: ["https://portal.r.example/callback"] },
  identityProviders: [{ type: "github", alias: "github", clientId: "gh", clientSecret: "gh-secret" }],
};
/** Kinds that are set, not added: creating them once more does no harm. */
const set = ["DefaultRoles", "RealmUserProfile", "UserRoles", "UserGroups"];

const exported = z.object({
  deployment: z.object({
    resources: z.array(
      z.object({
        type: z.string(),
        id: z.string().default(""),
        inputs: z.record(z.string(), z.unknown()).default({}),
      }),
    ),
  }),
});
type Resource = z.output<typeof exported>["deployment"]["resources"][number];
let resources: readonly Resource[];
let stateText: string;
const kindOf = ({ type }: Resource): string => type.slice(type.lastIndexOf(":") + 1);

beforeAll(async () => {
  await admin.delete(`/realms/${stack.name}`);
  await stack.up(declared);
  stateText = await stack.pulumi(["stack", "export", "--stack", stack.name]);
  const state = exported.parse(JSON.parse(stateText));
  resources = state.deployment.resources.filter(({ type }) => type.startsWith("keycloak:"));
});
afterAll(() => stack.destroy());

test("whatever a killed run was creating is found, under the id that the state would have", async () => {
  expect(new Set(resources.map(kindOf)).size).toBe(14);
  for (const resource of resources) {
    const expected = set.includes(kindOf(resource)) ? undefined : resource.id;
    expect([resource.type, await findKeycloakId(admin, resource)]).toEqual([resource.type, expected]);
  }
});

test("no secret can be read in the state", async () => {
  const { portal, people } = await stack.outputs<{
    readonly portal: { readonly clientSecret: string };
    readonly people: { readonly ada: { readonly oneTimePassword: string } };
  }>();
  for (const secret of ["gh-secret", portal.clientSecret, people.ada.oneTimePassword]) {
    expect(secret.length).toBeGreaterThan(8);
    expect(stateText).not.toContain(secret);
  }
});

test("what isn't there is not found", async () => {
  for (const resource of resources) {
    const inputs = { ...resource.inputs };
    for (const key of ["realm", "realmId"]) if (key in inputs) inputs[key] = "no-such-realm";
    expect([resource.type, await findKeycloakId(admin, { ...resource, inputs })]).toEqual([
      resource.type,
      undefined,
    ]);
  }
});

test("an account without a password is half of one: it is removed, to be made again", async () => {
  await admin.post(users, {
    username: "half",
    email: "half@r.example",
    firstName: "H",
    lastName: "F",
    enabled: true,
  });
  const pending = { type: "keycloak:index/user:User", inputs: { realmId: stack.name, username: "half" } };
  expect(await findKeycloakId(admin, pending)).toBeUndefined();
  expect(await admin.get(`${users}?exact=true&username=half`, z.array(z.unknown()))).toEqual([]);
  expect(await admin.get(`${users}?exact=true&username=ada`, z.array(z.unknown()))).toHaveLength(1);
});

test("a realm that was not made for this tenant is refused, and left alone", async () => {
  const pending = (attributes: Readonly<Record<string, string>>) => ({
    type: "keycloak:index/realm:Realm",
    inputs: { realm: stack.name, attributes },
  });
  for (const attributes of [{}, { "tenantry.tenant": "another" }]) {
    await expect(findKeycloakId(admin, pending(attributes))).rejects.toMatchObject({
      code: "realm-not-ours",
    });
  }
  const master = {
    type: "keycloak:index/realm:Realm",
    inputs: { realm: "master", attributes: { "tenantry.tenant": "master" } },
  };
  await expect(findKeycloakId(admin, master)).rejects.toMatchObject({ code: "realm-not-ours" });
});

test("the check before a run tells a good administrator from a wrong one and one without the privilege", async () => {
  await checkKeycloak(admin);
  const wrong = {
    grant: "password",
    clientId: "admin-cli",
    realm: "master",
    username: "nobody",
    password: "x",
  } as const;
  await expect(checkKeycloak(new KeycloakAdmin(url, wrong))).rejects.toMatchObject({
    code: "wrong-password",
  });
  await expect(checkKeycloak(new KeycloakAdmin(`${url}/auth`, keycloakCredentials()))).rejects.toMatchObject({
    code: "not-keycloak",
  });
  const account = {
    username: "powerless",
    firstName: "P",
    lastName: "L",
    email: "p@master.example",
    enabled: true,
  };
  const secret = "powerless-Password-1";
  await admin.post("/realms/master/users", {
    ...account,
    credentials: [{ type: "password", value: secret }],
  });
  try {
    const powerless = { ...wrong, username: account.username, password: secret };
    await expect(checkKeycloak(new KeycloakAdmin(url, powerless))).rejects.toMatchObject({
      code: "missing-privilege",
    });
  } finally {
    const shape = z.array(z.object({ id: z.string() }));
    const [made] = (await admin.get("/realms/master/users?exact=true&username=powerless", shape)) ?? [];
    await admin.delete(`/realms/master/users/${made?.id ?? ""}`);
  }
  expect(await admin.get(`/realms/${encodeURIComponent("/")}`, z.unknown())).toBeUndefined();
});
