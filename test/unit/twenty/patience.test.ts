import { expect, test } from "@jest/globals";
import { ApiFailure } from "../../../providers/http/api-failure.ts";
import { patiently } from "../../../providers/twenty/patience.ts";

const refused = (status: number, words: string): ApiFailure =>
  new ApiFailure("request-refused", `POST /rest/people: ${status}, ${words}`, { system: "Twenty", status });
const limit = refused(400, "Limit reached (100 tokens per 60000 ms)");

/** A call that fails with each of these in turn, then succeeds. Gives what came of it and how often it was made. */
async function attempt(...failures: readonly Error[]): Promise<{ result: unknown; calls: number }> {
  let calls = 0;
  const call = (): Promise<string> => {
    calls += 1;
    const failure = failures[calls - 1];
    return failure ? Promise.reject(failure) : Promise.resolve("done");
  };
  const result: unknown = await patiently(call, 1).catch((error: unknown) => error);
  return { result, calls };
}

test("a call that came too early is made again", async () => {
  expect(await attempt(limit, limit)).toEqual({ result: "done", calls: 3 });
});

test("what is refused for another reason is not", async () => {
  const other = refused(400, "A duplicate entry was detected");
  expect(await attempt(other)).toEqual({ result: other, calls: 1 });
});

test("when no call comes free, it says what to do", async () => {
  const { result, calls } = await attempt(...Array<ApiFailure>(20).fill(limit));
  expect(calls).toBe(9);
  expect(result).toMatchObject({
    code: "rate-limited",
    system: "Twenty",
    fix: expect.stringContaining("again"),
  });
});
