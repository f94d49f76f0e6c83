import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { readFileSync } from "node:fs";
import { loadEnvironment } from "../../../stacks/environment.ts";
import type { Place } from "../../../testbed/place.ts";
import { twenty as server } from "../../../testbed/twenty.ts";
import { isAlive, LocalProject, processList, reachableAt } from "../../support/local-project.ts";

// What Twenty's own integration tests say of its API, asked of the stand-in as a server of the local environment.
let project: LocalProject;
let place: Place;

beforeAll(async () => {
  project = new LocalProject();
  await project.up(server);
  place = project.place(server);
});
afterAll(() => project.remove());

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

async function ask(method: string, path: string, body?: unknown, key = place.secret("key")): Promise<Reply> {
  const response = await fetch(server.address(place) + path, {
    method,
    headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}
const refusal = (statusCode: number, error: string, message: string): Reply => ({
  status: statusCode,
  body: { statusCode, error, messages: [expect.stringContaining(message)] },
});
const page = z.object({
  data: z.object({ people: z.array(z.object({ id: z.string() })) }),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  totalCount: z.number(),
});
const id = "20202020-1111-4111-8111-111111111111";
const missing = "20202020-9999-4999-8999-999999999999";

test("says everywhere that it is a stand-in", async () => {
  expect(server.title).toBe("Twenty (stand-in)");
  const response = await fetch(server.address(place));
  expect(await response.text()).toMatch(/<title>Twenty \(stand-in\)<\/title>[^]+This is not Twenty/);
  expect(response.headers.get("x-served-by")).toBe("tenantry stand-in for Twenty");
});

test("is a server of the local environment: its address and key are where Tenantry reads them", async () => {
  expect(loadEnvironment(project.root, "local").twenty).toEqual({ url: server.address(place) });
  expect(JSON.parse(project.file("credentials.json"))).toMatchObject({ TWENTY_API_KEY: place.secret("key") });
  expect(await project.status(server)).toMatchObject({ state: "running" });
  expect(await reachableAt(place.port("http"))).toEqual(["127.0.0.1"]);
});

test("its key is in no process list, log or file of the workspace", async () => {
  await ask("POST", "/rest/people", { jobTitle: "Nobody" });
  for (const text of [
    processList(),
    readFileSync(place.log, "utf8"),
    project.file("twenty/workspace.json"),
  ]) {
    expect(text).not.toContain(place.secret("key"));
  }
});

test("has a page for each record, which names nobody", async () => {
  await ask("POST", "/rest/people", { id: missing, jobTitle: "Secret agent" });
  const response = await fetch(`${server.address(place)}/object/person/${missing}`);
  const page = await response.text();
  expect([response.status, page]).toEqual([
    200,
    expect.stringMatching(/This is not Twenty[^]+The person <code>/),
  ]);
  expect(page).not.toContain("Secret");
  await ask("DELETE", `/rest/people/${missing}`);
  expect((await fetch(`${server.address(place)}/object/person/${missing}`)).status).toBe(404);
});

test.each([
  ["no key", "", 403, "FORBIDDEN_EXCEPTION", "Missing authentication token"],
  ["a wrong key", "wrong", 401, "UNAUTHENTICATED", "Token invalid."],
])("with %s nobody gets in", async (_what, key, status, error, message) => {
  expect(await ask("GET", "/rest/people", undefined, key)).toEqual(refusal(status, error, message));
});

test("a record goes through its life", async () => {
  const emails = { primaryEmail: "Life@Example.com" };
  const made = await ask("POST", "/rest/people", { id, emails, createdBy: { source: "IMPORT", name: "me" } });
  expect(made).toMatchObject({
    status: 201,
    body: {
      data: {
        createPerson: {
          id,
          emails: { primaryEmail: "life@example.com", additionalEmails: null },
          createdBy: { source: "IMPORT", name: "tenantry", workspaceMemberId: null },
          companyId: null,
          jobTitle: "",
          deletedAt: null,
        },
      },
    },
  });
  const again = await ask("POST", "/rest/people", { id });
  expect(again).toEqual(refusal(400, "BadRequestException", "Record already exists"));
  const changed = await ask("PATCH", `/rest/people/${id}`, { name: { firstName: "Life" } });
  expect(changed).toMatchObject({
    body: { data: { updatePerson: { name: { firstName: "Life", lastName: "" } } } },
  });

  expect(await ask("DELETE", `/rest/people/${id}?soft_delete=true`)).toEqual({
    status: 200,
    body: { data: { deletePerson: { id } } },
  });
  expect(await ask("GET", `/rest/people/${id}`)).toEqual(
    refusal(404, "NotFoundException", "Record not found"),
  );
  const duplicate = await ask("POST", "/rest/people", { emails });
  expect(duplicate).toEqual(refusal(400, "BadRequestException", "A duplicate entry was detected"));
  expect(await ask("PATCH", `/rest/people/${id}/restore`)).toMatchObject({
    body: { data: { restorePerson: { id } } },
  });
  expect(await ask("GET", `/rest/people/${id}`)).toMatchObject({
    status: 200,
    body: { data: { person: { id } } },
  });
  expect((await ask("DELETE", `/rest/people/${id}`)).status).toBe(200);
  expect((await ask("PATCH", `/rest/people/${id}/restore`)).status).toBe(404);
  expect((await ask("POST", "/rest/people", { id, emails })).status).toBe(201);
});

test.each([
  ["GET", `/rest/people/${missing}`, undefined, 404, "Record not found"],
  ["DELETE", `/rest/people/${missing}`, undefined, 404, "Record not found"],
  ["GET", "/rest/people/malformed", undefined, 400, "'malformed' is not a valid UUID"],
  ["GET", "/rest/people?starting_after=bad", undefined, 400, "Invalid cursor"],
  ["GET", "/rest/people?limit=-1", undefined, 400, "limit '-1' is invalid"],
  ["GET", "/rest/people?depth=2", undefined, 400, "'depth=2' parameter invalid"],
  ["GET", "/rest/people?filter=name", undefined, 400, "'filter' invalid for 'name'"],
  ["GET", "/rest/people?filter=and(name[eq]:1", undefined, 400, "missing in the query"],
  ["GET", "/rest/planets", undefined, 400, "object 'planets' not found"],
  ["POST", "/rest/people", { moons: 2 }, 400, 'Object person doesn\'t have any "moons" field.'],
  ["POST", "/rest/people", { jobTitle: 2 }, 400, 'for text field "jobTitle"'],
  ["POST", "/rest/people", { emails: { primaryEmail: "nobody" } }, 400, 'for email field "emails"'],
  ["POST", "/rest/people", { companyId: missing }, 400, "violates foreign key constraint"],
  ["POST", "/rest/people", "{", 400, "no JSON"],
  ["POST", "/rest/people", [], 400, "expected record"],
  ["GET", "/rest/people?order_by=position", undefined, 501, "was not taught the parameter order_by"],
  ["POST", "/rest/batch/people", [], 400, "object 'batch' not found"],
  ["GET", "/elsewhere", undefined, 404, "Cannot GET /elsewhere"],
  [
    "DELETE",
    `/rest/workspaceMembers/${missing}?soft_delete=true`,
    undefined,
    400,
    "Please use /deleteUserFromWorkspace",
  ],
  ["POST", "/rest/workspaceMembers", {}, 403, "does not have permission"],
])("%s %s with %j is refused: %d", async (method, path, body, status, message) => {
  expect(await ask(method, path, body)).toEqual({
    status,
    body: { statusCode: status, error: expect.any(String), messages: [expect.stringContaining(message)] },
  });
});

describe("lists", () => {
  beforeAll(async () => {
    for (let each = 0; each < 5; each += 1) {
      const emails = { primaryEmail: `list${each}@example.org` };
      await ask("POST", "/rest/people", { emails, position: each, name: { lastName: "Doe, Jr. (list)" } });
    }
  });
  const list = async (query: string): Promise<z.output<typeof page>> =>
    page.parse((await ask("GET", `/rest/people?${query}`)).body);

  test("come in pages that follow each other, without overlap", async () => {
    const query = "limit=2&filter=emails.primaryEmail[endsWith]:example.org";
    const first = await list(query);
    const second = await list(`${query}&starting_after=${first.pageInfo.endCursor ?? ""}`);
    const third = await list(`${query}&starting_after=${second.pageInfo.endCursor ?? ""}`);
    expect([first, second, third].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, true, false]);
    const ids = [first, second, third].flatMap(({ data }) => data.people.map((person) => person.id));
    expect([new Set(ids).size, first.totalCount, third.totalCount]).toEqual([5, 5, 5]);
  });

  test.each([
    ["position[lt]:2,emails.primaryEmail[like]:list%25", 2],
    ['name.lastName[eq]:"Doe, Jr. (list)"', 5],
    ["name.lastName[like]:Doe_ Jr_ _list_", 5],
    ["name.lastName[ilike]:doe%25", 5],
    ["name.lastName[like]:doe%25", 0],
    ["or(position[eq]:3,and(position[gte]:4,name.lastName[startsWith]:Doe))", 2],
    ["and(not(position[in]:[0,1]),emails.primaryEmail[startsWith]:list)", 3],
    ["and(name.lastName[startsWith]:Doe,companyId[is]:NULL)", 5],
    ["and(name.lastName[startsWith]:Doe,deletedAt[is]:NOT_NULL)", 0],
  ])("by %s: %d", async (filter, count) => {
    expect((await list(`filter=${filter}`)).totalCount).toBe(count);
  });
});

describe("GraphQL", () => {
  const graphql = async (query: string, variables = {}): Promise<unknown> =>
    (await ask("POST", "/graphql", { query, variables })).body;

  test("makes, finds and changes a person, and gives what was asked for", async () => {
    const created = await graphql(
      `
        mutation Make($data: PersonCreateInput!) {
          made: createPerson(data: $data) {
            id
            name {
              firstName
            }
          }
        }
      `,
      { data: { id: missing, name: { firstName: "Graph" }, emails: { primaryEmail: "graph@example.net" } } },
    );
    expect(created).toEqual({ data: { made: { id: missing, name: { firstName: "Graph" } } } });
    const changed = `mutation { updatePerson(id: "${missing}", data: { jobTitle: "QL", position: -3 }) { jobTitle position } }`;
    expect(await graphql(changed)).toEqual({ data: { updatePerson: { jobTitle: "QL", position: -3 } } });
    const found = `query ($email: String) { people(filter: { emails: { primaryEmail: { eq: $email } } }, first: 1) {
      totalCount edges { node { id createdBy { source } } } pageInfo { hasNextPage } } }`;
    expect(await graphql(found, { email: "graph@example.net" })).toEqual({
      data: {
        people: {
          totalCount: 1,
          edges: [{ node: { id: missing, createdBy: { source: "API" } } }],
          pageInfo: { hasNextPage: false },
        },
      },
    });
    expect(await graphql(`mutation { destroyPerson(id: "${missing}") { id } }`)).toEqual({
      data: { destroyPerson: { id: missing } },
    });
  });

  test.each([
    ["{ planets { id } }", "GRAPHQL_VALIDATION_FAILED"],
    ["{ people { moons } }", "GRAPHQL_VALIDATION_FAILED"],
    ["{ people {", "GRAPHQL_PARSE_FAILED"],
    [`{ person(filter: { id: { eq: "${missing}" } }) { id } }`, "NOT_FOUND"],
    ["mutation { createPerson(data: { jobTitle: 2 }) { id } }", "BAD_USER_INPUT"],
  ])("%s is refused: %s", async (query, code) => {
    expect(await graphql(query)).toMatchObject({ data: null, errors: [{ extensions: { code } }] });
  });

  test.each([
    'sendInvitations(emails: ["a@example.com"]) { success }',
    "deleteUserFromWorkspace(workspaceMemberIdToDelete: 1) { id }",
  ])("an API key can't %s", async (mutation) => {
    const { body } = await ask("POST", "/metadata", { query: `mutation { ${mutation} }` });
    expect(body).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });
});

test("what is in it survives a stop and a kill", async () => {
  const companyId = "20202020-2222-4222-8222-222222222222";
  const domainName = { primaryLinkUrl: "HTTPS://Acme.com/" };
  await ask("POST", "/rest/companies", { id: companyId, name: "Acme", domainName });
  const stops = [
    () => project.down(server),
    async () => {
      const { pid = 0 } = await project.status(server);
      process.kill(pid, "SIGKILL");
      while (isAlive(pid)) await sleep(10);
    },
  ];
  for (const stop of stops) {
    await stop();
    await project.up(server);
    expect(await ask("GET", `/rest/companies/${companyId}`)).toMatchObject({
      status: 200,
      body: { data: { company: { name: "Acme", domainName: { primaryLinkUrl: "https://acme.com" } } } },
    });
  }
});

test("a company that goes for good leaves its people without one", async () => {
  const company = "20202020-3333-4333-8333-333333333333";
  const person = "20202020-4444-4444-8444-444444444444";
  await ask("POST", "/rest/companies", { id: company, name: "Gone" });
  await ask("POST", "/rest/people", { id: person, companyId: company });
  expect(await ask("GET", `/rest/people/${person}?depth=1`)).toMatchObject({
    body: { data: { person: { company: { name: "Gone" } } } },
  });
  await ask("DELETE", `/rest/companies/${company}`);
  expect(await ask("GET", `/rest/people/${person}`)).toMatchObject({
    body: { data: { person: { companyId: null } } },
  });
});
