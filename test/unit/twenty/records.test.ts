import { expect, test } from "@jest/globals";
import { twentyClient } from "../../../providers/twenty/client.ts";
import { anyRecord, Records } from "../../../providers/twenty/records.ts";
import { fakeServer } from "../../support/fake-server.ts";

const names = { many: "people", one: "Person" };

/** The records at a server that answers calls in turn, and the addresses that it was asked for. */
async function records(answers: readonly unknown[]): Promise<{
  records: Records<{ id: string; deletedAt?: string | null | undefined }>;
  asked: string[];
  close: () => Promise<void>;
}> {
  const asked: string[] = [];
  const { url, close } = await fakeServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ""));
    response.end(JSON.stringify(answers[asked.length - 1]));
  });
  const client = twentyClient({ TWENTY_API_URL: url, TWENTY_API_KEY: "key" });
  return { records: new Records(client, names, anyRecord), asked, close };
}
const page = (ids: readonly string[], next?: string): unknown => ({
  data: { people: ids.map((id) => ({ id })) },
  pageInfo: { hasNextPage: next !== undefined, endCursor: next ?? null },
});

test("a list is read to its end, page by page, the deleted ones after", async () => {
  const { records: people, asked, close } = await records([page(["1", "2"], "c="), page(["3"]), page(["4"])]);
  expect((await people.find('name[eq]:"x"')).map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
  expect(asked).toEqual([
    '/rest/people?depth=0&limit=60&filter=name[eq]:"x"',
    '/rest/people?depth=0&limit=60&filter=name[eq]:"x"&starting_after=c=',
    '/rest/people?depth=0&limit=60&filter=and(name[eq]:"x",deletedAt[is]:NOT_NULL)',
  ]);
  await close();
});

test("what was made must be in the answer", async () => {
  const { records: people, close } = await records([{ data: { createCompany: { id: "1" } } }]);
  await expect(people.create({})).rejects.toMatchObject({ code: "unexpected-answer", system: "Twenty" });
  await close();
});
