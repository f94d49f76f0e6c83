import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logOf, pullRequestFrom, repositoryFrom } from "../../../pull-requests/actions-context.ts";

let folder: string;
const event = (content: unknown): string => {
  const file = join(folder, "event.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-event-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sha = "0123456789abcdef0123456789abcdef01234567";
const pullRequest = (number: number): unknown => ({ pull_request: { number, head: { sha } } });

test("the pull request is the event's, else the ref's", () => {
  expect(
    pullRequestFrom({ GITHUB_EVENT_PATH: event(pullRequest(12)), GITHUB_REF: "refs/pull/9/merge" }),
  ).toBe(12);
  expect(pullRequestFrom({ GITHUB_REF: "refs/pull/9/merge" })).toBe(9);
  expect(pullRequestFrom({ GITHUB_EVENT_PATH: event("{"), GITHUB_REF: "refs/pull/9/merge" })).toBe(9);
});

test.each<Record<string, string>>([
  {},
  { GITHUB_REF: "refs/heads/main" },
  { GITHUB_REF: "refs/heads/refs/pull/1/x" },
  { GITHUB_EVENT_PATH: "/nowhere" },
])("of no pull request: %j", (environment) => {
  expect(() => pullRequestFrom(environment)).toThrow(
    expect.objectContaining({ code: "pull-request-unknown", fix: expect.stringContaining("--pull-request") }),
  );
});

test("a repository on github.com, and on a server", () => {
  const common = { GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "octo/tenants" };
  expect(repositoryFrom(common)).toEqual({
    apiUrl: "https://api.github.com",
    token: "t",
    name: "octo/tenants",
  });
  expect(repositoryFrom({ ...common, GITHUB_API_URL: "https://ghe.example/api/v3/" })).toMatchObject({
    apiUrl: "https://ghe.example/api/v3",
  });
});

test.each([
  [{ GITHUB_REPOSITORY: "octo/tenants" }, /GITHUB_TOKEN/],
  [{ GITHUB_TOKEN: "", GITHUB_REPOSITORY: "octo/tenants" }, /GITHUB_TOKEN/],
  [{ GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "octo/../tenants?x" }, /GITHUB_REPOSITORY/],
  [{ GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "o/t", GITHUB_API_URL: "file:///etc" }, /GITHUB_API_URL/],
])("missing or of the wrong form: %j", (environment, message) => {
  expect(() => repositoryFrom(environment)).toThrow(message);
});

test("the log's sentence links to the run, and to nothing that is no run", () => {
  const environment = {
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "octo/tenants",
    GITHUB_RUN_ID: "77",
    GITHUB_EVENT_PATH: event(pullRequest(12)),
  };
  expect(logOf(environment)).toBe(
    '<a href="https://github.com/octo/tenants/actions/runs/77">The log of 012345678</a> has everything.',
  );
  expect(logOf({ ...environment, GITHUB_REPOSITORY: '"><script>' })).toBe(
    "The log of 012345678 has everything.",
  );
  expect(logOf({})).toBe("The log has everything.");
});
