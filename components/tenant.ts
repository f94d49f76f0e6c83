import * as pulumi from "@pulumi/pulumi";
import { Database, type DatabaseArgs } from "./database.ts";
import { Identity, type ClientAccess, type IdentityArgs } from "./identity.ts";

export interface TenantArgs {
  readonly database: DatabaseArgs;
  readonly identity: IdentityArgs;
}

/** Access details, as deep as they go. Each secret is a secret of its own, so that the rest can be read. */
export interface AccessDetails {
  readonly [name: string]: pulumi.Input<string> | pulumi.Input<number> | AccessDetails;
}

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Tenant";

/** Everything that a tenant has: a component a system, and what people need to get in. */
export class Tenant extends pulumi.ComponentResource {
  readonly database: AccessDetails;
  readonly identity: AccessDetails;
  /** By username. */
  readonly people: AccessDetails;

  constructor(name: string, args: TenantArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    const database = new Database(name, args.database, { parent: this });
    const identity = new Identity(name, args.identity, { parent: this });
    this.database = databaseAccess(database);
    this.identity = identityAccess(identity);
    this.people = peopleAccess(database, identity);
    this.registerOutputs({ database: this.database, identity: this.identity, people: this.people });
  }
}

function databaseAccess({ host, port, database }: Database): AccessDetails {
  return { host, port, database };
}

function identityAccess({ issuer, accountConsole, portal, clients }: Identity): AccessDetails {
  const applications = { ...(portal && { portal }), ...clients };
  const clientAccess = ({ clientId, clientSecret }: ClientAccess): AccessDetails => ({
    clientId,
    ...(clientSecret && { clientSecret }),
  });
  return {
    issuer,
    accountConsole,
    clients: Object.fromEntries(Object.entries(applications).map(([id, each]) => [id, clientAccess(each)])),
  };
}

function peopleAccess(database: Database, identity: Identity): AccessDetails {
  const usernames = new Set([...Object.keys(database.people), ...Object.keys(identity.people)]);
  const accessOf = (username: string): AccessDetails => {
    const login = database.people[username];
    const account = identity.people[username];
    return {
      ...(login && { database: { login: login.login, password: login.password } }),
      ...(account && { identity: { ...account, signIn: identity.accountConsole } }),
    };
  };
  return Object.fromEntries([...usernames].sort().map((username) => [username, accessOf(username)]));
}
