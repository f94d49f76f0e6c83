import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Repository } from "../../../pull-requests/actions-context.ts";
import { keepComment } from "../../../pull-requests/keep-comment.ts";
import { marker, type Mark } from "../../../pull-requests/marker.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { GithubEmulator, tokens } from "../../support/github-emulator.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";

const prod: Mark = { operation: "preview", environment: "prod" };
const staging: Mark = { operation: "preview", environment: "staging" };
const workflow = "github-actions[bot]";

let github: GithubEmulator;
let number: number;
let serial = 0;

beforeAll(async () => {
  github = await GithubEmulator.start();
});
beforeEach(async () => {
  serial += 1;
  number = await github.pullRequest(`change-${serial}`);
});
afterAll(() => github.close());

const access = (url = github.url, token: string = tokens[workflow]): Repository => ({
  apiUrl: url,
  token,
  name: github.repository,
});

/** The comments that begin as ours do, whoever wrote them. */
const ours = async (mark = prod): Promise<{ login: string; body: string }[]> =>
  (await github.comments(number)).filter(({ body }) => body.startsWith(marker(mark)));

test("made, left alone, updated in place, removed", async () => {
  expect(await keepComment(access(), number, prod, "one")).toBe("created");
  expect(await ours()).toEqual([{ login: workflow, body: `${marker(prod)}\n\none` }]);
  expect(await keepComment(access(), number, prod, "one")).toBe("unchanged");
  await github.comment("eve", number, "a word in between");
  expect(await keepComment(access(), number, prod, "two")).toBe("updated");
  expect((await github.comments(number)).map(({ body }) => body)).toEqual([
    `${marker(prod)}\n\ntwo`,
    "a word in between",
  ]);
  expect(await keepComment(access(), number, prod, undefined)).toBe("removed");
  expect(await keepComment(access(), number, prod, undefined)).toBe("none");
  expect((await github.comments(number)).map(({ body }) => body)).toEqual(["a word in between"]);
});

test("two environments have a comment each, and so have people and apps", async () => {
  await keepComment(access(), number, prod, "of prod");
  await keepComment(access(), number, staging, "of staging");
  await keepComment(access(github.url, tokens.maintainer), number, prod, "by hand");
  expect(await keepComment(access(), number, staging, undefined)).toBe("removed");
  expect(await ours()).toEqual([
    { login: workflow, body: expect.stringContaining("of prod") },
    { login: "maintainer", body: expect.stringContaining("by hand") },
  ]);
});

test("what others wrote is left alone, our marker or not", async () => {
  const forged = `${marker(prod)}\n\nall is well`;
  await github.comment("eve", number, forged);
  await github.comment("maintainer", number, `> ${marker(prod)}`);
  expect(await keepComment(access(), number, prod, undefined)).toBe("none");
  expect(await keepComment(access(), number, prod, "true")).toBe("created");
  expect(await keepComment(access(), number, prod, "still true")).toBe("updated");
  expect(await ours()).toEqual([
    { login: "eve", body: forged },
    { login: workflow, body: expect.stringContaining("still true") },
  ]);
});

test("what we wrote without a marker in front is left alone", async () => {
  await github.comment(workflow, number, `somebody asked about ${marker(prod)}`);
  expect(await keepComment(access(), number, prod, undefined)).toBe("none");
});

test("found among hundreds", async () => {
  for (let index = 0; index < 130; index += 1) await github.comment("eve", number, `word ${index}`);
  await keepComment(access(), number, prod, "one");
  for (let index = 0; index < 100; index += 1) await github.comment("eve", number, `more ${index}`);
  expect(await keepComment(access(), number, prod, "two")).toBe("updated");
  expect(await ours()).toHaveLength(1);
  expect(await keepComment(access(), number, prod, undefined)).toBe("removed");
  expect(await github.comments(number)).toHaveLength(230);
});

test("on GitHub Enterprise Server", async () => {
  const server = access(`${github.url}/api/v3`);
  expect(await keepComment(server, number, prod, "one")).toBe("created");
  expect(await keepComment(server, number, prod, "two")).toBe("updated");
  expect(await ours()).toHaveLength(1);
});

test("any number at once end in one comment", async () => {
  const texts = ["a", "b", "c", "d"];
  await Promise.all(texts.map((text) => keepComment(access(), number, prod, text)));
  expect(await ours()).toHaveLength(1);
  expect(texts).toContain((await ours())[0]?.body.slice(-1));
});

test("one that is removed while it is updated is made anew", async () => {
  await keepComment(access(), number, prod, "one");
  const proxy = await FaultProxy.start(github.url);
  proxy.once({ method: "PATCH" }, { status: 404, body: '{"message":"Not Found"}' });
  expect(await keepComment(access(proxy.url), number, prod, "two")).toBe("updated");
  await proxy.close();
});

test("duplicates of an earlier run end as one, the oldest", async () => {
  await github.comment(workflow, number, `${marker(prod)}\n\nfirst`);
  await github.comment(workflow, number, `${marker(prod)}\n\nsecond`);
  expect(await keepComment(access(), number, prod, "third")).toBe("updated");
  expect(await ours()).toEqual([{ login: workflow, body: `${marker(prod)}\n\nthird` }]);
});

test("the answer to its making is lost: there is one all the same", async () => {
  const proxy = await FaultProxy.start(github.url);
  proxy.once({ method: "POST", path: /comments/ }, "cut after");
  await keepComment(access(proxy.url), number, prod, "one");
  expect(await ours()).toHaveLength(1);
  await proxy.close();
});

test("no such pull request, no such repository", async () => {
  const unknown = { code: "pull-request-unknown", system: "GitHub" };
  await expect(keepComment(access(), 99_999, prod, "x")).rejects.toMatchObject(unknown);
  const elsewhere = { ...access(), name: "example/nothing" };
  await expect(keepComment(elsewhere, number, prod, "x")).rejects.toMatchObject(unknown);
});

test("a token that may only read, as a fork's", async () => {
  const proxy = await FaultProxy.start(github.url);
  const body = '{"message":"Resource not accessible by integration"}';
  proxy.always({ method: "POST", path: /comments/ }, { status: 403, body });
  await expect(keepComment(access(proxy.url), number, prod, "x")).rejects.toMatchObject({
    code: "missing-privilege",
    message: expect.stringMatching(/403, Resource not accessible by integration/),
    fix: expect.stringMatching(/pull-requests: write.*fork/),
  });
  await proxy.close();
});

describe("failures", () => {
  describeHttpFailures({
    system: "GitHub",
    url: () => github.url,
    secrets: () => Object.values(tokens),
    read: (url) => keepComment(access(url), number, prod, undefined),
    create: (url) => keepComment(access(url), number, prod, "one"),
  });
});
