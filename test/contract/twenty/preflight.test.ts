import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { twenty as system } from "../../../providers/twenty/system.ts";
import { fakeServer } from "../../support/fake-server.ts";
import { TwentyUnderTest } from "./twenty-under-test.ts";

let twenty: TwentyUnderTest;
beforeAll(async () => {
  twenty = await TwentyUnderTest.start();
});
afterAll(() => twenty.close());

test("Twenty with a good key can be worked with", async () => {
  await system.check(twenty.environment());
});

test("a wrong key is told from a wrong address, and not repeated", async () => {
  const TWENTY_API_KEY = "not-the-key-of-this-workspace";
  const failure = await system
    .check({ ...twenty.environment(), TWENTY_API_KEY })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "wrong-token", system: "Twenty", fix: "check TWENTY_API_KEY" });
  expect(JSON.stringify(failure) + String(failure)).not.toContain(TWENTY_API_KEY);
});

test.each(["TWENTY_API_URL", "TWENTY_API_KEY"])("without %s it says what to set", async (name) => {
  const failure = system.check({ ...twenty.environment(), [name]: "" });
  await expect(failure).rejects.toMatchObject({
    code: "credentials-missing",
    fix: expect.stringContaining(name),
  });
});

test.each([
  ["a page", 200, "<html>"],
  ["another API", 200, '{"data":{}}'],
  ["nothing", 404, "{}"],
])("what answers with %s is no Twenty", async (_what, status, body) => {
  const other = await fakeServer((_request, response) => response.writeHead(status).end(body));
  await expect(system.check(twenty.environment(other.url))).rejects.toMatchObject({ code: "not-twenty" });
  await other.close();
});
