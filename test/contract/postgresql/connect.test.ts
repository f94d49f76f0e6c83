import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Client } from "pg";
import { connector } from "../../../providers/postgresql/connect.ts";
import { createBareTenant, dropBareTenant, sql } from "../../support/postgres-tenant.ts";

const id = "queue-co";
const connect = connector(process.env);
const pidOf = async (client: Client): Promise<unknown> =>
  (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;
const pid = (): Promise<unknown> => connect.to(id, pidOf);
const open = async (): Promise<unknown> =>
  (
    await sql(
      "postgres",
      `SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = '${id}' AND application_name = 'tenantry'`,
    )
  )[0]?.["open"];

beforeAll(() => createBareTenant(id, ["developer"]));
afterAll(() => dropBareTenant({ id }));

test("who asks a database at once shares a connection, which is closed when the last one is done", async () => {
  const pids = await Promise.all([pid(), pid(), pid()]);
  expect(new Set(pids).size).toBe(1);
  expect(await open()).toBe(0);
  expect(await pid()).not.toBe(pids[0]);
});

test("one after the other: nobody is in another one's transaction", async () => {
  const order: string[] = [];
  const work = (name: string) =>
    connect.to(id, async (client) => {
      order.push(`${name} begins`);
      await client.query("SELECT pg_sleep(0.05)");
      order.push(`${name} ends`);
    });
  await Promise.all([work("first"), work("second")]);
  expect(order).toEqual(["first begins", "first ends", "second begins", "second ends"]);
});

test("what one set, or left open, isn't there for the next", async () => {
  const [, user] = await Promise.all([
    connect.to(id, (client) => client.query(`SET ROLE "${id}_owner"; CREATE TEMP TABLE leftover ()`)),
    connect.to(id, async (client) => {
      const { rows } = await client.query<{ own: boolean; leftover: string | null }>(
        "SELECT current_user = session_user AS own, to_regclass('leftover') AS leftover",
      );
      return rows[0];
    }),
  ]);
  expect(user).toEqual({ own: true, leftover: null });
});

test("an error is one's own, also of a connection that is cut off", async () => {
  const results = await Promise.allSettled([
    connect.to(id, (client) => client.query("SELECT nothing")),
    connect.to(id, (client) => client.query("SELECT pg_terminate_backend(pg_backend_pid())")),
    pid(),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  expect(await open()).toBe(0);
});

test("a connection that broke while somebody waited for it is opened anew", async () => {
  const [first, second] = await Promise.all([
    connect.to(id, async (client) => {
      const own = await pidOf(client);
      await sql("postgres", `SELECT pg_terminate_backend(${String(own)})`);
      return own;
    }),
    pid(),
  ]);
  expect(second).toEqual(expect.any(Number));
  expect(second).not.toBe(first);
});

test("where nothing can be opened, everybody is told", async () => {
  const results = await Promise.allSettled(["no-such", "no-such"].map((name) => connect.to(name, pidOf)));
  expect(results).toMatchObject([
    { status: "rejected", reason: { code: expect.any(String) } },
    { status: "rejected", reason: { code: expect.any(String) } },
  ]);
});
