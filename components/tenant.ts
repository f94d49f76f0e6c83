import * as pulumi from "@pulumi/pulumi";
import { hasService, username, type Tenant as Model, type User } from "../schema/tenant.ts";
import { Database } from "./database.ts";
import { Identity } from "./identity.ts";
import type { IdentityProviderArgs } from "./identity/identity-provider.ts";

export interface TenantArgs {
  /** The tenant as its file, its plan and the defaults have it. */
  readonly tenant: Model;
  /** Where people reach PostgreSQL. */
  readonly postgres: {
    readonly host: pulumi.Input<string>;
    readonly port: pulumi.Input<number>;
    /** The locale of a new database. */
    readonly locale?: pulumi.Input<string>;
  };
  /** Where people reach Keycloak. */
  readonly keycloak: { readonly url: pulumi.Input<string> };
  /** The tenant's identity providers, with their secrets in place of the references to them. */
  readonly identityProviders?: readonly IdentityProviderArgs[];
  /** Today in UTC, YYYY-MM-DD. Default: the machine's date. */
  readonly today?: string;
}

/** What one person needs to get in, system by system. */
export type PersonAccess = Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Tenant";

/** Everything that a tenant has: a component a system, each with the people who have an account in it. */
export class Tenant extends pulumi.ComponentResource {
  readonly database: pulumi.Output<object>;
  readonly identity: pulumi.Output<object>;
  /** Access details by username. */
  readonly people: pulumi.Output<Readonly<Record<string, PersonAccess>>>;

  constructor(name: string, args: TenantArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    const database = this.#createDatabase(name, args);
    const identity = this.#createIdentity(name, args);
    this.database = databaseAccess(database);
    this.identity = identityAccess(identity);
    this.people = pulumi.output(peopleAccess(args.tenant.users, database, identity));
    this.registerOutputs({ database: this.database, identity: this.identity, people: this.people });
  }

  #createDatabase(name: string, { tenant, postgres, today }: TenantArgs): Database {
    return new Database(
      name,
      {
        ...postgres,
        tenant: tenant.id,
        name: tenant.database.name ?? tenant.id,
        connectionLimit: tenant.database.connectionLimit,
        people: peopleOf(tenant, "database"),
        enabled: tenant.status === "active",
        protectDatabase: tenant.status !== "destroyed",
        ...(today !== undefined && { today }),
      },
      { parent: this },
    );
  }

  #createIdentity(name: string, { tenant, keycloak, identityProviders, today }: TenantArgs): Identity {
    const { realm = tenant.id, allowedEmailDomains = tenant.domains, portal, ...settings } = tenant.identity;
    return new Identity(
      name,
      {
        ...settings,
        ...keycloak,
        tenant: tenant.id,
        realm,
        displayName: tenant.name,
        allowedEmailDomains,
        identityProviders: identityProviders ?? [],
        teams: tenant.teams,
        people: peopleOf(tenant, "identity"),
        enabled: tenant.status === "active",
        protectRealm: tenant.status !== "destroyed",
        ...(portal !== undefined && { portal }),
        ...(today !== undefined && { today }),
      },
      { parent: this },
    );
  }
}

/** The people with an account in a service, under their account names. */
function peopleOf(tenant: Model, service: "database" | "identity"): (User & { username: string })[] {
  return tenant.users
    .filter((user) => hasService(tenant, user, service))
    .map((user) => ({ ...user, username: username(user) }));
}

function databaseAccess({ host, port, database }: Database): pulumi.Output<object> {
  return pulumi.output({ host, port, database });
}

function identityAccess({ issuer, accountConsole, portal, clients }: Identity): pulumi.Output<object> {
  return pulumi.output({ issuer, accountConsole, clients: { ...(portal && { portal }), ...clients } });
}

function peopleAccess(
  users: readonly User[],
  database: Database,
  identity: Identity,
): Record<string, PersonAccess> {
  const accessOf = (user: User): PersonAccess => {
    const login = database.people[username(user)];
    const account = identity.people[username(user)];
    return {
      ...(login && { database: { login: login.login, password: login.password } }),
      ...(account && {
        identity: {
          username: account.username,
          oneTimePassword: account.oneTimePassword,
          signIn: identity.accountConsole,
        },
      }),
    };
  };
  return Object.fromEntries(users.map((user) => [username(user), accessOf(user)]));
}
