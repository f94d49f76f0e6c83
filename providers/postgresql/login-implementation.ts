import { escapeIdentifier, escapeLiteral, type Client } from "pg";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { Implementation } from "../implementation.ts";
import { generatePassword } from "../tenantry/generate-password.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { connector, transaction, type Connect } from "./connect.ts";
import { readLoginRole, type LoginRole } from "./login-role.ts";
import { scramVerifier } from "./scram.ts";
import { identifier } from "./identifier.ts";
import type { Environment } from "./server.ts";

const inputs = z.strictObject({
  database: identifier,
  name: identifier,
  /** In what is read, every group that the login is in, and how where that is unusual. */
  group: z.string().min(1),
  enabled: z.boolean(),
  validUntil: z.iso
    .datetime()
    .transform((time) => new Date(time).toISOString())
    .optional(),
  connectionLimit: z.int().min(-1),
  /** How Tenantry knows its own. */
  comment: z.string(),
  /** None. In what is read, those that somebody gave by hand: superuser, createrole, … */
  attributes: z.array(z.string()),
  rotation: z.string().optional(),
});
const outputs = inputs.extend({
  /** The server's id of the role: another role of the same name has another. */
  oid: z.string(),
  password: z.string(),
});

export type LoginInputs = z.output<typeof inputs>;
export type LoginOutputs = z.output<typeof outputs>;

/** Makes the implementation with the administrator's credentials from an environment. */
export function configure(environment: Environment): Implementation<LoginInputs, LoginOutputs> {
  const connect = connector(environment);

  return {
    inputs,
    outputs,
    replaceOn: ["name"],

    create: (news) =>
      connect(async (client) => {
        const password = generatePassword();
        await transaction(client, async () => {
          // Two tries at once, one of them given up by its caller: the second waits for the first.
          await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [
            `tenantry ${news.name}`,
          ]);
          const existing = await readLoginRole(client, news.name);
          if (existing && existing.comment !== news.comment) throw notOurs(news.name);
          await setPassword(client, existing ? "ALTER" : "CREATE", news.name, password);
          await settle(client, news);
        });
        const { oid } = await verified(client, news);
        return { id: news.name, outputs: { ...news, oid, password } };
      }),

    read: (_id, state) =>
      connect.look(async (client) => {
        const role = await readLoginRole(client, state.name);
        if (role?.oid !== state.oid) return undefined;
        return { ...asFound(state, role), oid: role.oid, password: state.password };
      }),

    update: (_id, olds, news) =>
      connect(async (client) => {
        const role = await readLoginRole(client, news.name);
        if (!role) throw removedByHand("PostgreSQL", "role", news.name);
        if (role.oid !== olds.oid && role.comment !== news.comment) throw notOurs(news.name);
        const rotated = news.rotation !== undefined && news.rotation !== olds.rotation;
        const password = rotated ? generatePassword() : olds.password;
        await transaction(client, async () => {
          if (rotated || role.oid !== olds.oid) await setPassword(client, "ALTER", news.name, password);
          await settle(client, news);
        });
        // Whoever knew the old password may be in still.
        if (rotated) await endSessions(client, news.name);
        await verified(client, news);
        return { ...news, oid: role.oid, password };
      }),

    delete: (_id, state) => connect((client) => remove(client, connect, state)),
  };
}

async function setPassword(
  client: Client,
  verb: "CREATE" | "ALTER",
  name: string,
  password: string,
): Promise<void> {
  const verifier = escapeLiteral(scramVerifier(password));
  await client.query(`${verb} ROLE ${escapeIdentifier(name)} PASSWORD ${verifier}`);
}

/** Brings the role to its inputs, all but the password, by the statements that it takes and no others. */
async function settle(client: Client, news: LoginInputs): Promise<void> {
  const role = await readLoginRole(client, news.name);
  if (!role) throw removedByHand("PostgreSQL", "role", news.name);
  const name = escapeIdentifier(news.name);
  // Attributes are named only when wrong: naming SUPERUSER at all takes a superuser.
  const attributes = role.attributes.map((attribute) => `NO${attribute.toUpperCase()}`).join(" ");
  await repair(
    client,
    `ALTER ROLE ${name} ${attributes} INHERIT ${news.enabled ? "LOGIN" : "NOLOGIN"}
    CONNECTION LIMIT ${news.connectionLimit} VALID UNTIL ${escapeLiteral(news.validUntil ?? "infinity")}`,
  );
  for (const { group, grantor } of wrongMemberships(role, news.group)) {
    await repair(
      client,
      `REVOKE ${escapeIdentifier(group)} FROM ${name} GRANTED BY ${escapeIdentifier(grantor)}`,
    );
  }
  // SET FALSE: a group is a bundle of rights, not an identity, so it never comes to own anything.
  await client.query(`GRANT ${escapeIdentifier(news.group)} TO ${name} WITH INHERIT TRUE, SET FALSE`);
  if (role.comment !== news.comment) {
    await client.query(`COMMENT ON ROLE ${name} IS ${escapeLiteral(news.comment)}`);
  }
}

/** Runs a statement that may undo what only a superuser can do; if so, the failure says which one it takes. */
async function repair(client: Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "42501")) throw error;
    throw new Failure("missing-privilege", `${error.message}, needed to undo a change made by hand`, {
      system: "PostgreSQL",
      fix: `as a superuser run: ${statement.replaceAll(/\s+/g, " ")}`,
      cause: error,
    });
  }
}

/** Ends the sessions of a login that is off, then reads back what was made: success is what the server says. */
async function verified(client: Client, news: LoginInputs): Promise<LoginRole> {
  if (!news.enabled) await endSessions(client, news.name);
  const role = await readLoginRole(client, news.name);
  if (!role) throw removedByHand("PostgreSQL", "role", news.name);
  const found = asFound(news, role);
  if (!isDeepStrictEqual(found, { ...found, ...news })) {
    throw new Failure("role-not-as-declared", `role ${news.name} did not become what it should be`, {
      system: "PostgreSQL",
      fix: "run it again; somebody else is changing this role",
    });
  }
  return role;
}

async function remove(client: Client, connect: Connect, state: LoginOutputs): Promise<void> {
  const role = await readLoginRole(client, state.name);
  if (!role) return;
  // Another role of this name, made by somebody else after ours was dropped.
  if (role.oid !== state.oid && role.comment !== state.comment) return;
  const name = escapeIdentifier(state.name);
  await client.query(`ALTER ROLE ${name} NOLOGIN`);
  await endSessions(client, state.name);
  const { rows } = await client.query<{ owner: string }>(
    `SELECT pg_get_userbyid(d.datdba) AS owner FROM pg_database d WHERE d.datname = $1 AND EXISTS
       (SELECT FROM pg_shdepend s WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = $2::oid AND s.dbid = d.oid)`,
    [state.database, role.oid],
  );
  const owner = rows[0]?.owner;
  if (owner !== undefined) {
    await connect.to(state.database, (inDatabase) =>
      transaction(inDatabase, async () => {
        await inDatabase.query(`REASSIGN OWNED BY ${name} TO ${escapeIdentifier(owner)}`);
        await inDatabase.query(`DROP OWNED BY ${name}`);
      }),
    );
  }
  await client.query(`DROP ROLE IF EXISTS ${name}`);
}

/** Ends every session of a role and waits up to five seconds for each to be gone. */
async function endSessions(client: Client, name: string): Promise<void> {
  await client.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = $1", [
    name,
  ]);
}

/** The role in the words of the inputs. */
function asFound(state: LoginInputs, role: LoginRole): LoginInputs {
  const { database, name, rotation } = state;
  return {
    database,
    name,
    group: describeMemberships(role) || "none",
    enabled: role.enabled,
    validUntil: role.validUntil?.toISOString(),
    connectionLimit: role.connectionLimit,
    comment: role.comment ?? "",
    attributes: role.attributes,
    rotation,
  };
}

type Membership = LoginRole["memberships"][number];

const usual = ({ inherit, set, admin }: Membership): boolean => inherit && !set && !admin;

function wrongMemberships(role: LoginRole, group: string): Membership[] {
  return role.memberships.filter((membership) => membership.group !== group || !usual(membership));
}

function describeMemberships(role: LoginRole): string {
  const options = ({ inherit, set, admin }: Membership): string =>
    [!inherit && "without inherit", set && "with set", admin && "with admin"].filter(Boolean).join(" ");
  const texts = role.memberships.map((each) => (usual(each) ? each.group : `${each.group} ${options(each)}`));
  return [...new Set(texts)].join(", ");
}

function notOurs(name: string): Failure {
  return new Failure("role-not-ours", `a role ${name} exists that this tenant did not make`, {
    system: "PostgreSQL",
    fix: "rename or drop it; taking over what exists is not there yet",
  });
}
