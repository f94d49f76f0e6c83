import * as pulumi from "@pulumi/pulumi";
import * as postgresql from "./sdks/postgresql.ts";
import { Login } from "../providers/postgresql/login.ts";
import { Migrations } from "../providers/postgresql/migrations.ts";
import { Privileges } from "../providers/postgresql/privileges.ts";
import { Failure } from "../report/failure.ts";
import { roles, type RoleName } from "../schema/tenant.ts";
import { admits, type Admission } from "./admission.ts";
import { grants } from "./database/grants.ts";
import { endOf } from "./database/last-day.ts";
import { byUsername, type Person, type ResourcesByPerson } from "./person.ts";

export interface DatabaseArgs extends Admission {
  /** Where people reach the server. */
  readonly host: pulumi.Input<string>;
  readonly port: pulumi.Input<number>;
  /** The tenant's id: every role's name begins with it. Default: the component's name. */
  readonly tenant?: string;
  /** The database's name. Default: the tenant's id. */
  readonly name?: string;
  /** Collation and character type. It is fixed when the database is made; later changes do nothing. Default: en_US.UTF-8. */
  readonly locale?: pulumi.Input<string>;
  /** How many connections the database takes at once. Default: 20. */
  readonly connectionLimit?: pulumi.Input<number>;
  readonly people?: readonly DatabasePerson[];
  /** false: the database may be deleted. Default: true. */
  readonly protectDatabase?: boolean;
}

/** Someone with a login of their own. */
export type DatabasePerson = Pick<Person, "username" | "role" | "expires" | "reset">;

/** What a person needs to connect. */
export interface DatabaseLogin {
  readonly login: pulumi.Output<string>;
  /** A secret. */
  readonly password: pulumi.Output<string>;
}

type Groups = Readonly<Record<RoleName, postgresql.Role>>;

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Database";

/**
 * A tenant's PostgreSQL database: an owner that nobody can log in as, the tables of the project's migrations, four group
 * roles with exactly the rights of seed document 003, and a login for each person in one of the groups. Everybody else
 * is shut out.
 */
export class Database extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** The database's name. */
  readonly database: pulumi.Output<string>;
  /** Logins by username. */
  readonly people: Readonly<Record<string, DatabaseLogin>>;
  readonly resources: ResourcesByPerson;

  readonly #name: string;
  readonly #tenant: string;
  readonly #owner: postgresql.Role;
  readonly #database: postgresql.Database;

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    this.#name = name;
    this.#tenant = args.tenant ?? name;
    refuseReservedNames(args.people ?? []);
    this.#owner = this.#createRole("owner");
    const groups = this.#createGroups();
    this.#database = this.#createDatabase(args, groups);
    this.#createPrivileges(groups, this.#createMigrations());
    const logins = (args.people ?? []).map((person) => ({
      person,
      login: this.#createLogin(person, args, groups),
    }));
    this.people = byUsername(logins, ({ login }) => ({
      login: login.name,
      password: pulumi.secret(login.password),
    }));
    this.resources = byUsername(logins, ({ login }) => [login]);
    this.host = pulumi.output(args.host);
    this.port = pulumi.output(args.port);
    this.database = this.#database.name;
    this.registerOutputs({
      host: this.host,
      port: this.port,
      database: this.database,
      people: this.people,
    });
  }

  /** What lives inside the database: it goes with it, and a new database needs all of it anew. */
  get #inside(): pulumi.CustomResourceOptions {
    return { parent: this, deletedWith: this.#database, replaceWith: [this.#database] };
  }

  /** A role that can't log in and comes to own nothing by accident, so there is nothing to hand over when it goes. */
  #createRole(suffix: string): postgresql.Role {
    const args = { name: `${this.#tenant}_${suffix}`, login: false, skipReassignOwned: true };
    return new postgresql.Role(`${this.#name}-role-${suffix}`, args, { parent: this });
  }

  #createGroups(): Groups {
    const [tenant_admin, application_manager, developer, auditor] = roles;
    return {
      tenant_admin: this.#createRole(tenant_admin),
      application_manager: this.#createRole(application_manager),
      developer: this.#createRole(developer),
      auditor: this.#createRole(auditor),
    };
  }

  #createDatabase(args: DatabaseArgs, groups: Groups): postgresql.Database {
    const locale = args.locale ?? "en_US.UTF-8";
    return new postgresql.Database(
      `${this.#name}-database`,
      {
        name: args.name ?? this.#tenant,
        owner: this.#owner.name,
        encoding: "UTF8",
        template: "template0",
        lcCollate: locale,
        lcCtype: locale,
        connectionLimit: args.connectionLimit ?? 20,
      },
      {
        parent: this,
        // A role that has rights in a database can't be dropped before it.
        dependsOn: Object.values(groups),
        protect: args.protectDatabase ?? true,
        // Another locale would mean another, empty database.
        ignoreChanges: ["lcCollate", "lcCtype"],
      },
    );
  }

  #createMigrations(): Migrations {
    const args = { database: this.#database.name, owner: this.#owner.name };
    return new Migrations(`${this.#name}-migrations`, args, this.#inside);
  }

  /** Shuts everybody out, then opens to each group what it may do with the tables that migrations made. */
  #createPrivileges(groups: Groups, migrations: Migrations): void {
    const database = { database: this.#database.name, owner: this.#owner.name };
    new Privileges(`${this.#name}-privileges-public`, { ...database, grantee: "PUBLIC" }, this.#inside);
    for (const role of roles) {
      const args = { ...database, grantee: groups[role].name, ...grants[role] };
      new Privileges(`${this.#name}-privileges-${role}`, args, { ...this.#inside, dependsOn: migrations });
    }
  }

  #createLogin(person: DatabasePerson, admission: Admission, groups: Groups): Login {
    const { username, role, expires, reset } = person;
    return new Login(
      `${this.#name}-login-${username}`,
      {
        tenant: this.#tenant,
        database: this.#database.name,
        name: `${this.#tenant}_${username}`,
        group: groups[role].name,
        // VALID UNTIL refuses new sessions only; those of an expired person end when the login is off.
        enabled: admits(admission, person),
        validUntil: expires && endOf(expires),
        rotation: reset,
      },
      { parent: this },
    );
  }
}

/** The names that the tenant's own roles have already. */
function refuseReservedNames(people: readonly DatabasePerson[]): void {
  const reserved: readonly string[] = ["owner", ...roles];
  const taken = people.find(({ username }) => reserved.includes(username))?.username;
  if (taken === undefined) return;
  throw new Failure(
    "username-reserved",
    `nobody can have the username ${taken}: it is a role of the tenant`,
    {
      fix: "give this person another `username` in the tenant's file",
    },
  );
}
