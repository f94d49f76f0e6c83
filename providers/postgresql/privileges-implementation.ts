import { setTimeout as sleep } from "node:timers/promises";
import { escapeIdentifier, type Client } from "pg";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { Implementation } from "../implementation.ts";
import { connector, transaction } from "./connect.ts";
import { heldPrivileges, type Held } from "./held-privileges.ts";
import { identifier } from "./identifier.ts";
import type { Environment } from "./server.ts";

const list = z.array(z.string().toUpperCase()).transform((privileges) => [...new Set(privileges)].sort());
const byObject = z.record(z.string(), list);

const inputs = z.strictObject({
  database: identifier,
  owner: identifier,
  grantee: identifier,
  onDatabase: list,
  onSchema: list,
  tables: byObject,
  /** None by name. In what is read, those that somebody granted by hand; the same for functions. */
  sequences: byObject,
  functions: byObject,
  onLaterTables: list,
  onLaterSequences: list,
  onLaterFunctions: list,
});

export type PrivilegesInputs = z.output<typeof inputs>;

/** Makes the implementation with the administrator's credentials from an environment. */
export function configure(environment: Environment): Implementation<PrivilegesInputs, PrivilegesInputs> {
  const connect = connector(environment);
  const apply = (news: PrivilegesInputs): Promise<PrivilegesInputs> =>
    connect.to(news.database, async (client) => {
      if (await settle(client, news)) return news;
      throw new Failure("role-missing", `there is no role ${news.grantee}`, {
        system: "PostgreSQL",
        fix: "run it with --refresh to have it made again",
      });
    });

  return {
    inputs,
    outputs: inputs,
    replaceOn: ["database", "grantee"],
    create: async (news) => ({ id: `${news.database}/${news.grantee}`, outputs: await apply(news) }),
    update: (_id, _olds, news) => apply(news),

    read: (_id, state) =>
      unlessDatabaseIsGone(() =>
        connect.to(state.database, async (client) => {
          const held = await heldPrivileges(client, state.grantee);
          return held && asFound(state, held);
        }),
      ),

    delete: async (_id, state) => {
      // What is closed to everybody stays closed: the database goes next.
      if (state.grantee === "PUBLIC") return;
      const revoke = (): Promise<boolean> =>
        connect.to(state.database, (client) => settle(client, nothing(state)));
      await unlessDatabaseIsGone(revoke);
    },
  };
}

/** Brings the grantee's privileges to the inputs by the statements that it takes; `false` when there is no such role. */
async function settle(client: Client, news: PrivilegesInputs): Promise<boolean> {
  return retried(() =>
    transaction(client, async () => {
      // Two GRANTs on one object at once fail with "tuple concurrently updated".
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('tenantry privileges', 0))");
      const held = await heldPrivileges(client, news.grantee);
      if (held === undefined) return false;
      refuseMissingTables(news, held);
      for (const each of held) {
        for (const statement of statements(each, news)) await client.query(statement);
      }
      const differing = (await heldPrivileges(client, news.grantee))?.find(
        (each) => !sameSet(each, wanted(each, news)),
      );
      if (differing) throw notApplied(news.grantee, differing);
      return true;
    }),
  );
}

/** What the grantee should have on an object, `ALL` written out. */
function wanted({ kind, object, owned, all }: Held, news: PrivilegesInputs): readonly string[] {
  const privileges = declared(kind, object, owned, news);
  return privileges.includes("ALL") ? all : privileges;
}

function declared(
  kind: Held["kind"],
  object: string,
  owned: boolean,
  news: PrivilegesInputs,
): readonly string[] {
  switch (kind) {
    case "database":
      return news.onDatabase;
    case "schema":
      return news.onSchema;
    case "table":
      return news.tables[object] ?? (owned ? news.onLaterTables : []);
    case "sequence":
      return news.sequences[object] ?? (owned ? news.onLaterSequences : []);
    case "function":
      return news.functions[object] ?? (owned ? news.onLaterFunctions : []);
    case "later tables":
      return object === "public" ? news.onLaterTables : [];
    case "later sequences":
      return object === "public" ? news.onLaterSequences : [];
    case "later functions":
      return object === "public" ? news.onLaterFunctions : [];
  }
}

function statements(held: Held, news: PrivilegesInputs): string[] {
  const want = wanted(held, news);
  const has = held.privileges;
  const grantee = news.grantee === "PUBLIC" ? "PUBLIC" : escapeIdentifier(news.grantee);
  const { prefix, target } = place(held, news.owner);
  const plain = (privilege: string): string => privilege.replace(/ WITH GRANT OPTION$/, "");
  const extra = has.filter((privilege) => !want.includes(privilege)).map(plain);
  const missing = want.filter((privilege) => !has.includes(privilege));
  return [
    ...(extra.length > 0 ? [`${prefix}REVOKE ${extra.join(", ")} ON ${target} FROM ${grantee} CASCADE`] : []),
    ...(missing.length > 0 ? [`${prefix}GRANT ${missing.join(", ")} ON ${target} TO ${grantee}`] : []),
  ];
}

function place({ kind, object }: Held, owner: string): { prefix: string; target: string } {
  if (kind === "database" || kind === "schema") {
    return { prefix: "", target: `${kind.toUpperCase()} ${escapeIdentifier(object)}` };
  }
  if (kind === "function") {
    const name = object.slice(0, object.indexOf("("));
    return { prefix: "", target: `ROUTINE public.${escapeIdentifier(name)}${object.slice(name.length)}` };
  }
  if (kind === "table" || kind === "sequence") {
    return { prefix: "", target: `${kind.toUpperCase()} public.${escapeIdentifier(object)}` };
  }
  const where = object === "public" ? "IN SCHEMA public " : "";
  return {
    prefix: `ALTER DEFAULT PRIVILEGES FOR ROLE ${escapeIdentifier(owner)} ${where}`,
    target: kind.slice("later ".length).toUpperCase(),
  };
}

/** What is held, in the words of the inputs: `ALL` where `ALL` was meant, tables only where they differ or are named. */
function asFound(state: PrivilegesInputs, held: readonly Held[]): PrivilegesInputs {
  const found: PrivilegesInputs = { ...nothing(state), tables: {} };
  for (const each of held) {
    const { kind, object, owned } = each;
    const meant = declared(kind, object, owned, state);
    const privileges = sameSet(each, wanted(each, state)) ? [...meant] : [...each.privileges];
    const asDefault = sameSet(each, wanted(each, { ...state, tables: {}, sequences: {}, functions: {} }));
    if (kind === "database") found.onDatabase = privileges;
    else if (kind === "schema") found.onSchema = privileges;
    else if (kind === "table" && (object in state.tables || !asDefault)) found.tables[object] = privileges;
    else if (kind === "sequence" && !asDefault) found.sequences[object] = privileges;
    else if (kind === "function" && !asDefault) found.functions[object] = privileges;
    else if (kind === "later tables") found.onLaterTables.push(...ofLater(object, privileges));
    else if (kind === "later sequences") found.onLaterSequences.push(...ofLater(object, privileges));
    else if (kind === "later functions") found.onLaterFunctions.push(...ofLater(object, privileges));
  }
  return found;
}

function ofLater(where: string, privileges: readonly string[]): string[] {
  return where === "public" ? [...privileges] : privileges.map((privilege) => `${privilege} in every schema`);
}

function nothing({ database, owner, grantee }: PrivilegesInputs): PrivilegesInputs {
  return {
    database,
    owner,
    grantee,
    onDatabase: [],
    onSchema: [],
    tables: {},
    sequences: {},
    functions: {},
    onLaterTables: [],
    onLaterSequences: [],
    onLaterFunctions: [],
  };
}

function sameSet({ privileges }: Held, want: readonly string[]): boolean {
  return privileges.length === want.length && privileges.every((privilege) => want.includes(privilege));
}

function refuseMissingTables(news: PrivilegesInputs, held: readonly Held[]): void {
  const there = new Set(held.filter(({ kind }) => kind === "table").map(({ object }) => object));
  const missing = Object.keys(news.tables).filter((table) => !there.has(table));
  if (missing.length === 0) return;
  throw new Failure("table-missing", `database ${news.database} has no table ${missing.join(", ")}`, {
    system: "PostgreSQL",
    fix: "add a migration that makes it, or restore it from a backup if it was dropped by hand",
  });
}

function notApplied(grantee: string, { kind, object, privileges }: Held): Failure {
  return new Failure(
    "privileges-not-applied",
    `${grantee} still has ${privileges.join(", ") || "nothing"} on ${kind} ${object}`,
    {
      system: "PostgreSQL",
      fix: "somebody other than the owner granted it, or owns it: as a superuser revoke it, then run it again",
    },
  );
}

async function unlessDatabaseIsGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && error.code === "database-unknown") return undefined;
    throw error;
  }
}

/** Others may grant on the same objects without our lock: the server then asks to try again. */
async function retried<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const again =
        error instanceof Error &&
        /tuple concurrently (?:updated|deleted)|deadlock detected/.test(error.message);
      if (!again || attempt === tries) throw error;
      await sleep(50 * attempt);
    }
  }
}
