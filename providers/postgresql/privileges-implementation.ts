import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { Failure } from "../../report/failure.ts";
import type { Implementation } from "../implementation.ts";
import { connector, transaction } from "./connect.ts";
import { declaredPrivileges, expectedPrivileges, holdsExactly } from "./expected-privileges.ts";
import { heldPrivileges, type Held } from "./held-privileges.ts";
import { privilegeStatements } from "./privilege-statements.ts";
import { privilegesInputs, withoutAny, type PrivilegesInputs } from "./privileges-inputs.ts";
import type { Environment } from "./server.ts";

const system = "PostgreSQL";

/** Makes the implementation for the server and the administrator that an environment names. */
export function configure(environment: Environment): Implementation<PrivilegesInputs, PrivilegesInputs> {
  const connect = connector(environment);

  return {
    inputs: privilegesInputs,
    outputs: privilegesInputs,
    replaceOn: ["database", "grantee"],

    create: async (news) => {
      await connect.to(news.database, (client) => settle(client, news, "fill"));
      return { id: `${news.database}/${news.grantee}`, outputs: news };
    },

    update: async (_id, _olds, news) => {
      await connect.to(news.database, (client) => settle(client, news, "limit"));
      return news;
    },

    read: (_id, state) =>
      unlessGone(() =>
        connect.to(state.database, async (client) => asFound(state, await heldBy(client, state))),
      ),

    delete: async (_id, state) => {
      // What is closed to everybody stays closed.
      if (state.grantee === "PUBLIC") return;
      await unlessGone(() =>
        connect.to(state.database, (client) => settle(client, withoutAny(state), "limit")),
      );
    },
  };
}

/** Brings the grantee's privileges to the inputs by the statements that it takes, and looks whether they did it. */
async function settle(client: Client, news: PrivilegesInputs, unnamed: "fill" | "limit"): Promise<void> {
  await retried(() =>
    transaction(client, async () => {
      // Two GRANTs on one object at once fail with "tuple concurrently updated".
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('tenantry privileges', 0))");
      const held = await heldBy(client, news);
      refuseMissingTables(news, held);
      for (const each of held) {
        for (const statement of privilegeStatements(each, expectedPrivileges(each, news, unnamed), news)) {
          await client.query(statement);
        }
      }
      const differing = (await heldBy(client, news)).find(
        (each) => !holdsExactly(each, expectedPrivileges(each, news, unnamed)),
      );
      if (differing) throw notApplied(news.grantee, differing);
    }),
  );
}

async function heldBy(client: Client, { grantee }: PrivilegesInputs): Promise<Held[]> {
  const held = await heldPrivileges(client, grantee);
  if (held) return held;
  throw new Failure("role-missing", `there is no role ${grantee}`, {
    system,
    fix: "bring it back with: tenantry up --refresh",
  });
}

/** What is held, in the words of the inputs: `ALL` where `ALL` was meant, and objects without a name where they differ. */
function asFound(state: PrivilegesInputs, held: readonly Held[]): PrivilegesInputs {
  const found = withoutAny(state);
  for (const each of held) {
    const { kind, object } = each;
    const { isNamed, privileges: meant } = declaredPrivileges(each, state);
    const isAsMeant = holdsExactly(each, expectedPrivileges(each, state, "limit"));
    const privileges = isAsMeant ? meant : each.privileges;
    if (kind === "database") found.onDatabase.push(...privileges);
    else if (kind === "schema") found.onSchema.push(...privileges);
    else if (kind === "later tables") found.onLaterTables.push(...ofLater(object, privileges));
    else if (kind === "later sequences") found.onLaterSequences.push(...ofLater(object, privileges));
    else if (kind === "later functions") found.onLaterFunctions.push(...ofLater(object, privileges));
    else if (isNamed || !isAsMeant) found[`${kind}s`][object] = [...privileges];
  }
  return found;
}

function ofLater(where: string, privileges: readonly string[]): string[] {
  return where === "public" ? [...privileges] : privileges.map((privilege) => `${privilege} in every schema`);
}

function refuseMissingTables(news: PrivilegesInputs, held: readonly Held[]): void {
  const there = new Set(held.filter(({ kind }) => kind === "table").map(({ object }) => object));
  const missing = Object.keys(news.tables).filter((table) => !there.has(table));
  if (missing.length === 0) return;
  throw new Failure("table-missing", `database ${news.database} has no table ${missing.join(", ")}`, {
    system,
    fix: "add a migration that makes it, or restore it from a backup if it was dropped by hand",
  });
}

function notApplied(grantee: string, { kind, object, privileges }: Held): Failure {
  const has = privileges.join(", ") || "nothing";
  return new Failure("privileges-not-applied", `${grantee} still has ${has} on ${kind} ${object}`, {
    system,
    fix: "somebody other than the owner granted it, or owns it: as a superuser revoke it, then run it again",
  });
}

async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && ["database-unknown", "role-missing"].includes(error.code))
      return undefined;
    throw error;
  }
}

/** Others may grant on the same objects without our lock: the server then asks to try again. */
async function retried(work: () => Promise<void>, tries = 5): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      const text = error instanceof Error ? error.message : "";
      if (attempt === tries || !/tuple concurrently (?:updated|deleted)|deadlock detected/.test(text))
        throw error;
      await sleep(50 * attempt);
    }
  }
}
