import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import type { Repository } from "../../../pull-requests/actions-context.ts";
import { keepIssue } from "../../../pull-requests/keep-issue.ts";
import { marker, type Mark } from "../../../pull-requests/marker.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { GithubEmulator, tokens } from "../../support/github-emulator.ts";

const prod: Mark = { operation: "drift", environment: "prod" };
const staging: Mark = { operation: "drift", environment: "staging" };

let github: GithubEmulator;
beforeAll(async () => {
  github = await GithubEmulator.start();
});
afterEach(async () => {
  for (const mark of [prod, staging]) await keepIssue(access(), mark, undefined);
});
afterAll(() => github.close());

const access = (url = github.url): Repository => ({
  apiUrl: url,
  token: tokens["github-actions[bot]"],
  name: github.repository,
});
const drift = (title: string): { title: string; body: string } => ({ title, body: `${title}: much` });
const open = async (): Promise<string[]> => (await github.issues("open")).map(({ title }) => title);

test("opened, left alone, updated, closed, and a new one the next time", async () => {
  expect(await keepIssue(access(), prod, drift("one"))).toBe("created");
  expect(await github.issues("open")).toEqual([
    { title: "one", body: `${marker(prod)}\n\none: much`, login: "github-actions[bot]" },
  ]);
  expect(await keepIssue(access(), prod, drift("one"))).toBe("unchanged");
  expect(await keepIssue(access(), prod, drift("two"))).toBe("updated");
  expect(await open()).toEqual(["two"]);
  expect(await keepIssue(access(), prod, undefined)).toBe("removed");
  expect(await keepIssue(access(), prod, undefined)).toBe("none");
  expect(await open()).toEqual([]);
  expect(await keepIssue(access(), prod, drift("three"))).toBe("created");
  expect(await open()).toEqual(["three"]);
  expect((await github.issues("closed")).map(({ title }) => title)).toEqual(["two"]);
});

test("an environment has its own; what others opened, and pull requests, are left alone", async () => {
  const forged = { title: "not ours", body: `${marker(prod)}\n\nx` };
  const path = `/repos/${github.repository}/issues`;
  await github.call("eve", "POST", path, forged);
  const number = await github.pullRequest("branch");
  await github.call("maintainer", "PATCH", `/repos/${github.repository}/pulls/${number}`, {
    body: forged.body,
  });
  await keepIssue(access(), prod, drift("of prod"));
  await keepIssue(access(), staging, drift("of staging"));
  expect((await open()).sort()).toEqual(["not ours", "of prod", "of staging"]);
  await keepIssue(access(), prod, undefined);
  expect((await open()).sort()).toEqual(["not ours", "of staging"]);
});

test("any number at once end in one issue", async () => {
  await Promise.all(["a", "b", "c"].map((title) => keepIssue(access(), prod, drift(title))));
  const ours = (await github.issues("open")).filter(({ login }) => login !== "eve");
  expect(ours).toHaveLength(1);
});

test("a token that may not write issues", async () => {
  const proxy = await FaultProxy.start(github.url);
  proxy.always({ method: "POST", path: /issues/ }, { status: 403 });
  await expect(keepIssue(access(proxy.url), prod, drift("x"))).rejects.toMatchObject({
    code: "missing-privilege",
    fix: expect.stringContaining("issues: write"),
  });
  await proxy.close();
});
