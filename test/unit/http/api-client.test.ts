import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { ApiClient } from "../../../providers/http/api-client.ts";
import { ApiFailure } from "../../../providers/http/api-failure.ts";
import { createOnce } from "../../../providers/http/create-once.ts";
import { fakeServer } from "../../support/fake-server.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";

/** A server of things: GET /things/<name>, POST /things, DELETE. It counts how many calls it has at once. */
const things = new Map<string, { name: string }>();
const token = "token-of-the-administrator";
const thing = z.object({ name: z.string() });
let busy = 0;
let busiest = 0;
let seen: { method: string; authorization: string | undefined; type: string | undefined; body: string }[] =
  [];
let server: { url: string; close: () => Promise<void> };
let proxy: FaultProxy;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  busy += 1;
  busiest = Math.max(busiest, busy);
  const { method = "", url = "", headers } = request;
  const body = await text(request);
  seen.push({ method, authorization: headers.authorization, type: headers["content-type"], body });
  await new Promise((resolve) => setTimeout(resolve, 5));
  busy -= 1;
  const name = url.split("?")[0]?.split("/")[3] ?? "";
  const known = things.get(name);
  if (method === "POST") {
    const made = thing.parse(JSON.parse(body));
    if (things.has(made.name)) return void response.writeHead(409).end('{"message":"taken"}');
    things.set(made.name, made);
    return void response.writeHead(201).end(body);
  }
  if (method === "DELETE") things.delete(name);
  if (known === undefined) return void response.writeHead(404).end("{}");
  response.writeHead(method === "DELETE" ? 204 : 200).end(method === "DELETE" ? "" : JSON.stringify(known));
}

const client = (url: string): ApiClient =>
  new ApiClient({
    system: "Things",
    url: `${url}/api`,
    headers: { authorization: `Bearer ${token}` },
    tokenName: "THINGS_TOKEN",
    privilege: "make it an administrator's token",
    explain: (body) => z.object({ message: z.string() }).safeParse(body).data?.message,
  });

beforeAll(async () => {
  server = await fakeServer((request, response) => void answer(request, response));
  proxy = await FaultProxy.start(server.url);
});
beforeEach(() => {
  proxy.clear();
  things.clear();
  seen = [];
});
afterAll(async () => {
  await proxy.close();
  await server.close();
});

describe("a call", () => {
  test("sends the credential and JSON, and gives what the shape says", async () => {
    expect(await client(server.url).post("/things", { name: "a" }, thing)).toEqual({ name: "a" });
    expect(seen).toEqual([
      { method: "POST", authorization: `Bearer ${token}`, type: "application/json", body: '{"name":"a"}' },
    ]);
    expect(await client(server.url).get("/things/a", thing)).toEqual({ name: "a" });
    expect(seen[1]).toMatchObject({ type: undefined, body: "" });
  });

  test("takes an address with a slash at its end", async () => {
    things.set("a", { name: "a" });
    const slashed = new ApiClient({
      ...{ system: "Things", url: `${server.url}/api/`, headers: {}, tokenName: "T", privilege: "" },
      explain: () => undefined,
    });
    expect(await slashed.get("/things/a", thing)).toEqual({ name: "a" });
  });

  test("finds nothing, deletes nothing, and is content", async () => {
    expect(await client(server.url).get("/things/none", thing)).toBeUndefined();
    await client(server.url).delete("/things/none");
  });

  test("names itself without its query, and the server's words without the credential", async () => {
    const body = JSON.stringify({ message: `who is\n Bearer ${token}?` });
    proxy.always({}, { status: 401, body });
    const failure: unknown = await client(proxy.url)
      .get("/things/a?email=jane@acme.example", thing)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "wrong-token",
      message: "GET /things/a: 401, who is …?",
      fix: "check THINGS_TOKEN",
      status: 401,
    });
  });

  test("never sends more than eight at once to one server, whoever asks", async () => {
    busiest = 0;
    const many = [client(server.url), client(server.url)].flatMap((each) => Array<ApiClient>(20).fill(each));
    await Promise.all(many.map((each) => each.get("/things/a", thing)));
    expect(busiest).toBeGreaterThan(1);
    expect(busiest).toBeLessThanOrEqual(8);
  });
});

describe("what is tried again", () => {
  test.each(["GET", "PUT", "PATCH", "DELETE"] as const)("%s after a lost connection", async (method) => {
    things.set("a", { name: "a" });
    proxy.once({ method }, "reset");
    const calls = client(proxy.url);
    const call = {
      GET: () => calls.get("/things/a", thing),
      PUT: () => calls.put("/things/a", {}, thing),
      PATCH: () => calls.patch("/things/a", {}, thing),
      DELETE: () => calls.delete("/things/a"),
    }[method];
    await call();
    expect(proxy.calls).toHaveLength(2);
  });

  test.each([
    ["says how long", { "retry-after": "0" }, "{}"],
    ["says when it is over", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000000" }, "{}"],
    ["says in how many seconds it is over", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "0.1" }, ""],
  ])("POST after a 403 for too many calls that %s", async (_name, headers, body) => {
    proxy.once({}, { status: 403, headers, body });
    expect(await client(proxy.url).post("/things", { name: "a" }, thing)).toEqual({ name: "a" });
    expect(proxy.calls).toHaveLength(2);
  });

  test("not what is limited for an hour: that is said, with the time", async () => {
    const inAnHour = String(Math.round(Date.now() / 1000) + 3600);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": inAnHour };
    proxy.always({}, { status: 403, headers, body: '{"message":"API rate limit exceeded"}' });
    const failure: unknown = await client(proxy.url)
      .get("/things/a", thing)
      .catch((error: unknown) => error);
    const minute = (later: number): string =>
      new Date(Date.now() + later).toISOString().slice(0, 16).replace("T", " ");
    expect(failure).toMatchObject({ code: "rate-limited", status: 403 });
    const { fix } = failure as ApiFailure;
    const around = [3_540_000, 3_600_000, 3_660_000].map(
      (later) => `wait until ${minute(later)} UTC, then run it again`,
    );
    expect(around).toContain(fix);
    expect(proxy.calls).toHaveLength(1);
  });

  test("a 403 that says nothing of limits is a missing privilege, whatever remains", async () => {
    proxy.always({}, { status: 403, headers: { "x-ratelimit-remaining": "12" }, body: "{}" });
    await expect(client(proxy.url).get("/things/a", thing)).rejects.toMatchObject({
      code: "missing-privilege",
    });
    expect(proxy.calls).toHaveLength(1);
  });

  test("POST after 429 and 503, which did nothing", async () => {
    proxy.once({}, { status: 429, headers: { "retry-after": "0" } });
    proxy.once({}, { status: 503 });
    await client(proxy.url).post("/things", { name: "a" }, thing);
    expect(proxy.calls).toHaveLength(3);
    expect(things.size).toBe(1);
  });

  test.each([
    ["a lost answer", "cut after", "answer-lost"],
    ["a lost connection", "reset", "answer-lost"],
    ["500", { status: 500 }, "server-error"],
  ] as const)("not POST after %s: it may have been done", async (_name, fault, code) => {
    proxy.always({}, fault);
    await expect(client(proxy.url).post("/things", { name: "a" }, thing)).rejects.toMatchObject({ code });
    expect(proxy.calls).toHaveLength(1);
  });

  test("a POST that may be repeated", async () => {
    proxy.once({}, "reset");
    await client(proxy.url).post("/things", { name: "a" }, thing, { repeatable: true });
    expect(proxy.calls).toHaveLength(2);
  });

  test("nothing that the server refused for good", async () => {
    proxy.always({}, { status: 422 });
    await expect(client(proxy.url).get("/things/a", thing)).rejects.toThrow(ApiFailure);
    expect(proxy.calls).toHaveLength(1);
  });

  test("at a date the server names", async () => {
    const soon = new Date(Date.now() - 1000).toUTCString();
    proxy.once({}, { status: 429, headers: { "retry-after": soon } });
    expect(await client(proxy.url).get("/things/a", thing)).toBeUndefined();
  });
});

describe("createOnce", () => {
  const make = (url: string) => (): Promise<{ name: string }> =>
    client(url).post("/things", { name: "a" }, thing);
  const find = (): Promise<{ name: string } | undefined> => client(server.url).get("/things/a", thing);

  test("makes what isn't there, and finds what is", async () => {
    expect(await createOnce({ find, make: make(server.url) })).toEqual({ thing: { name: "a" }, isNew: true });
    expect(await createOnce({ find, make: make(server.url) })).toEqual({
      thing: { name: "a" },
      isNew: false,
    });
  });

  test("makes one thing when the answer is lost, and knows that it tried", async () => {
    proxy.once({ method: "POST" }, "cut after");
    const tries: boolean[] = [];
    const looking = (tried: boolean): Promise<{ name: string } | undefined> => {
      tries.push(tried);
      return find();
    };
    expect(await createOnce({ find: looking, make: make(proxy.url) })).toEqual({
      thing: { name: "a" },
      isNew: false,
    });
    expect(tries).toEqual([false, true]);
    expect(proxy.calls).toHaveLength(1);
  });

  test("makes it again when the call was lost on its way there", async () => {
    proxy.once({ method: "POST" }, "reset");
    expect(await createOnce({ find, make: make(proxy.url) })).toEqual({ thing: { name: "a" }, isNew: true });
    expect(proxy.calls).toHaveLength(2);
  });

  test("gives up at once when it is refused, and in the end when answers keep being lost", async () => {
    proxy.always({ method: "POST" }, { status: 422 });
    await expect(createOnce({ find, make: make(proxy.url) })).rejects.toMatchObject({ status: 422 });
    expect(proxy.calls).toHaveLength(1);
    proxy.clear();
    proxy.always({ method: "POST" }, "reset");
    await expect(createOnce({ find, make: make(proxy.url) })).rejects.toMatchObject({ code: "answer-lost" });
    expect(proxy.calls).toHaveLength(4);
  });

  test("looks once where looking fails: that was repeated already", async () => {
    proxy.always({ method: "GET" }, { status: 500 });
    const looking = (): Promise<{ name: string } | undefined> => client(proxy.url).get("/things/a", thing);
    await expect(createOnce({ find: looking, make: make(server.url) })).rejects.toMatchObject({
      status: 500,
    });
    expect(proxy.calls).toHaveLength(4);
    expect(things.size).toBe(0);
  });

  test("passes on what find throws: it isn't ours", async () => {
    const notOurs = (): Promise<undefined> => Promise.reject(new Error("not ours"));
    await expect(createOnce({ find: notOurs, make: make(server.url) })).rejects.toThrow("not ours");
    expect(things.size).toBe(0);
  });
});

describeHttpFailures({
  system: "Things",
  url: () => server.url,
  secrets: () => [token],
  read: (url) => client(url).get("/things/a", thing),
  create: (url) => client(url).post("/things", { name: "a" }, thing),
});
