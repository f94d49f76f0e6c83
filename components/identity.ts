import * as pulumi from "@pulumi/pulumi";
import * as keycloak from "./sdks/keycloak.ts";
import { roles, type RoleName } from "../schema/tenant.ts";
import { openidClientArgs, type ClientArgs } from "./identity/client.ts";
import { firstSignInFlow } from "./identity/first-sign-in.ts";
import { identityProviderArgs, type IdentityProviderArgs } from "./identity/identity-provider.ts";
import { addPerson, type Access, type RealmAccount } from "./identity/person.ts";
import { realmArgs, type RealmSettings } from "./identity/realm.ts";
import { userProfileArgs } from "./identity/user-profile.ts";
import { byUsername, type Person, type ResourcesByPerson } from "./person.ts";
import type { TeamOfPeople } from "./team-of-people.ts";

export interface IdentityArgs extends RealmSettings {
  /** Keycloak's address as people know it. */
  readonly url: pulumi.Input<string>;
  /** The realm's name: it is in every address of the realm. Default: the component's name. */
  readonly realm?: string;
  /** The name that people read at sign-in. Default: the realm's name. */
  readonly displayName?: pulumi.Input<string>;
  /** The tenant that the realm is made for, kept in the realm itself. Default: the component's name. */
  readonly tenant?: pulumi.Input<string>;
  /** false: nobody gets in, nothing is lost. Default: true. */
  readonly enabled?: pulumi.Input<boolean>;
  /** false: the realm may be deleted. Default: true. */
  readonly protectRealm?: boolean;
  /** Only addresses in these domains can be accounts. Default: any. */
  readonly allowedEmailDomains?: pulumi.Input<pulumi.Input<string>[]>;
  readonly teams?: readonly TeamOfPeople[];
  readonly people?: readonly Person[];
  /** The tenant's portal: a confidential client named `portal`. */
  readonly portal?: Pick<ClientArgs, "redirectUris">;
  /** Further applications. */
  readonly clients?: readonly ClientArgs[];
  readonly identityProviders?: readonly IdentityProviderArgs[];
  /** Today in UTC, YYYY-MM-DD: people whose last day is over are disabled. Default: the machine's date. */
  readonly today?: string;
}

/** What an application needs to sign people in. */
export interface ClientAccess {
  readonly clientId: pulumi.Output<string>;
  /** A secret; undefined for a public client. */
  readonly clientSecret: pulumi.Output<string> | undefined;
}

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Identity";

/**
 * A tenant's Keycloak realm: its four roles, its teams as groups, its people, its applications, and where else its people
 * may sign in. Closed by default; what is changed by hand is seen by a refresh and set right by the next up.
 */
export class Identity extends pulumi.ComponentResource {
  readonly issuer: pulumi.Output<string>;
  /** Where people change their password and see their sessions. */
  readonly accountConsole: pulumi.Output<string>;
  readonly portal: ClientAccess | undefined;
  readonly clients: Readonly<Record<string, ClientAccess>>;
  readonly people: Readonly<Record<string, Access>>;
  /** What tokens of the realm call each person (`sub`), by username. */
  readonly subjects: Readonly<Record<string, pulumi.Output<string>>>;
  readonly resources: ResourcesByPerson;

  readonly #name: string;
  readonly #realm: keycloak.Realm;

  constructor(name: string, args: IdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    this.#name = name;
    this.#realm = this.#createRealm(args);
    const profile = this.#createUserProfile(args.allowedEmailDomains);
    const defaultRoles = this.#createDefaultRoles();
    const tenantRoles = this.#createRoles();
    const groups = this.#createGroups(args.teams ?? []);
    const around = { profile, defaultRoles, roles: tenantRoles, groups };
    const accounts = this.#createPeople(args, around);
    this.people = byUsername(accounts, ({ access }) => access);
    this.subjects = byUsername(accounts, ({ subject }) => subject);
    this.resources = byUsername(accounts, ({ resources }) => resources);
    this.portal = args.portal && this.#createClient({ id: "portal", name: "Portal", ...args.portal });
    this.clients = Object.fromEntries(
      (args.clients ?? []).map((each) => [each.id, this.#createClient(each)]),
    );
    this.#createIdentityProviders(args.identityProviders ?? []);
    this.issuer = pulumi.interpolate`${args.url}/realms/${this.#realm.realm}`;
    this.accountConsole = pulumi.interpolate`${this.issuer}/account`;
    this.registerOutputs({
      issuer: this.issuer,
      accountConsole: this.accountConsole,
      portal: this.portal,
      clients: this.clients,
      people: this.people,
    });
  }

  get #child(): pulumi.CustomResourceOptions {
    return { parent: this, deletedWith: this.#realm };
  }

  #createRealm(args: IdentityArgs): keycloak.Realm {
    const { realm = this.#name, displayName = realm, tenant = this.#name, enabled } = args;
    return new keycloak.Realm(
      `${this.#name}-realm`,
      realmArgs({ ...args, realm, displayName, tenant, enabled }),
      { parent: this, protect: args.protectRealm ?? true },
    );
  }

  #createUserProfile(allowedEmailDomains: IdentityArgs["allowedEmailDomains"]): keycloak.RealmUserProfile {
    const args = userProfileArgs(this.#realm.id, allowedEmailDomains);
    return new keycloak.RealmUserProfile(`${this.#name}-user-profile`, args, this.#child);
  }

  /** What every account has: its own account console, and nothing that outlives a session. */
  #createDefaultRoles(): keycloak.DefaultRoles {
    const args = { realmId: this.#realm.id, defaultRoles: [] };
    return new keycloak.DefaultRoles(`${this.#name}-default-roles`, args, this.#child);
  }

  #createRoles(): Readonly<Record<RoleName, keycloak.Role>> {
    const role = (each: RoleName): keycloak.Role =>
      new keycloak.Role(`${this.#name}-role-${each}`, { realmId: this.#realm.id, name: each }, this.#child);
    const [tenant_admin, application_manager, developer, auditor] = roles;
    return {
      tenant_admin: role(tenant_admin),
      application_manager: role(application_manager),
      developer: role(developer),
      auditor: role(auditor),
    };
  }

  #createGroups(teams: readonly TeamOfPeople[]): Readonly<Record<string, keycloak.Group>> {
    const group = ({ id, name = id }: TeamOfPeople): keycloak.Group =>
      new keycloak.Group(
        `${this.#name}-team-${id}`,
        { realmId: this.#realm.id, name: id, attributes: { displayName: name } },
        this.#child,
      );
    return Object.fromEntries(teams.map((team) => [team.id, group(team)]));
  }

  #createPeople(
    { people = [], passwordPolicy = {}, today }: IdentityArgs,
    around: Pick<Parameters<typeof addPerson>[2], "profile" | "defaultRoles" | "roles" | "groups">,
  ): RealmAccount[] {
    const passwordLength = Math.max(passwordPolicy.minLength ?? 0, 24);
    return people.map((person) =>
      addPerson(`${this.#name}-user-${person.username}`, person, {
        ...around,
        realm: this.#realm,
        // The realm as a whole is shut when the tenant is.
        admission: { ...(today !== undefined && { today }) },
        passwordLength,
        parent: this,
      }),
    );
  }

  /** A client whose tokens say whom they are for (`aud`) and which teams a person is in (`groups`). */
  #createClient(args: ClientArgs): ClientAccess {
    const name = `${this.#name}-client-${args.id}`;
    const client = new keycloak.openid.Client(name, openidClientArgs(this.#realm.id, args), this.#child);
    const claim = { realmId: this.#realm.id, clientId: client.id };
    const options = { parent: this, deletedWith: client };
    new keycloak.openid.GroupMembershipProtocolMapper(
      `${name}-groups`,
      { ...claim, name: "groups", claimName: "groups", fullPath: false },
      options,
    );
    new keycloak.openid.AudienceProtocolMapper(
      `${name}-audience`,
      { ...claim, name: "audience", includedClientAudience: client.clientId, addToIdToken: false },
      options,
    );
    return {
      clientId: client.clientId,
      clientSecret: args.type === "public" ? undefined : pulumi.secret(client.clientSecret),
    };
  }

  #createIdentityProviders(providers: readonly IdentityProviderArgs[]): void {
    if (providers.length === 0) return;
    const flow = firstSignInFlow(`${this.#name}-first-sign-in`, this.#realm, this);
    for (const provider of providers) {
      const args = identityProviderArgs(this.#realm.realm, flow, provider);
      new keycloak.oidc.IdentityProvider(`${this.#name}-idp-${provider.alias}`, args, this.#child);
    }
  }
}
