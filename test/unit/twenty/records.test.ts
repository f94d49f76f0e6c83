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
const page = (people: readonly object[], next?: string): unknown => ({
  data: { people },
  pageInfo: { hasNextPage: next !== undefined, endCursor: next ?? null },
});

test("a list is read to its end, page by page, and the deleted ones come last", async () => {
  const deletedAt = "2026-11-21T10:00:00Z";
  const answers = [page([{ id: "1", deletedAt }, { id: "2" }], "c="), page([{ id: "3", deletedAt: null }])];
  const { records: people, asked, close } = await records(answers);
  expect((await people.all('name[eq]:"x"')).map(({ id }) => id)).toEqual(["2", "3", "1"]);
  const first =
    '/rest/people?depth=0&limit=60&filter=and(name[eq]:"x",or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL))';
  expect(asked).toEqual([first, `${first}&starting_after=c=`]);
  await close();
});

test("what was made must be in the answer", async () => {
  const { records: people, close } = await records([{ data: { createCompany: { id: "1" } } }]);
  await expect(people.create({})).rejects.toMatchObject({ code: "unexpected-answer", system: "Twenty" });
  await close();
});
