import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { marker } from "../../pull-requests/marker.ts";
import { GithubEmulator, tokens } from "../support/github-emulator.ts";
import { Project } from "../support/project.ts";
import { readWorkflow, runStep, type Ran } from "../support/workflow.ts";

/** A change on its way from a pull request to the systems, and what is changed there by hand: the commands of the workflows. */
const [changing, quiet] = ["tyrell", "wallace"] as const;
const clientSecret = "hush-0b5f71e2c4";
const file = (id: string, limit: number, more = ""): string => `version: 1
id: ${id}
name: ${id}
plan: basic
domains: [${id}.example]
services: { collaboration: false, sourceControl: false }
invitations: { send: false }
users:
  - { email: rachael@${id}.example, firstName: Rachael, lastName: Rosen, role: developer }
database: { connectionLimit: ${limit} }
${more}`;
const signIn = `identity:
  identityProviders:
    - { type: github, clientId: Iv1.0123456789abcdef, clientSecret: env:TYRELL_CLIENT_SECRET }
`;

let project: Project;
let github: GithubEmulator;
let folder: string;
let number: number;
const git = (...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], {
    cwd: project.root,
    encoding: "utf8",
  }).trim();
const commit = (message: string): string => {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
  return git("rev-parse", "HEAD");
};

/** Runs a job's commands, one after the other, until one fails, with what Actions would know. */
const run = async (workflow: string, job: string, context: Record<string, string> = {}): Promise<Ran> => {
  const steps = readWorkflow(workflow).jobs[job]?.steps ?? [];
  const outputs = join(folder, "outputs");
  rmSync(outputs, { force: true });
  let all: Ran = { exitCode: 0, output: "" };
  for (const step of steps.filter((each) => each.run !== undefined)) {
    const set = existsSync(outputs) ? readFileSync(outputs, "utf8").trim().split("\n") : [];
    const known = set.map((line) => /^(\w+)=(.*)$/.exec(line) ?? []);
    const ran = await runStep(step, {
      folder: project.root,
      context: {
        "vars.TENANTRY_ENVIRONMENT": "local",
        "github.token": tokens["github-actions[bot]"],
        "inputs.all": "",
        "inputs.max-deletes": "",
        ...Object.fromEntries(
          known.map(([, name = "", value = ""]) => [`steps.since.outputs.${name}`, value]),
        ),
        ...context,
      },
      variables: {
        ...process.env,
        PATH: [join(folder, "bin"), process.env["PATH"]].join(delimiter),
        RUNNER_TEMP: folder,
        GITHUB_OUTPUT: outputs,
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: github.repository,
        GITHUB_REF: `refs/pull/${number}/merge`,
        TYRELL_CLIENT_SECRET: clientSecret,
      },
    });
    all = { exitCode: ran.exitCode, output: all.output + ran.output };
    if (ran.exitCode !== 0) break;
  }
  return all;
};
/** What `gh run list` says was deployed last. */
const deployed = (commit: string): void => writeFileSync(join(folder, "deployed"), commit);
const comments = async (): Promise<string[]> => (await github.comments(number)).map(({ body }) => body);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-runner-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "gh"), `#!/bin/sh\ncat "${join(folder, "deployed")}"\n`, { mode: 0o755 });
  deployed("");
  github = await GithubEmulator.start();
  number = await github.pullRequest("change");
  project = new Project("pull-requests");
  await project.wipe(changing, quiet);
  for (const id of [changing, quiet]) project.write(`tenants/${id}.yaml`, file(id, 10));
  git("init", "--quiet", "--initial-branch", "main");
  commit("two tenants");
});

afterAll(async () => {
  await github.close();
  await project.wipe(changing, quiet);
  rmSync(folder, { recursive: true, force: true });
});

test("the first deployment is of everyone", async () => {
  expect(await run("deploy", "up")).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining("2 changed"),
  });
});

test("a pull request: validated, previewed for those that it reaches, told in one comment without secrets", async () => {
  const base = git("rev-parse", "HEAD");
  git("switch", "--quiet", "--create", "change");
  project.write(`tenants/${changing}.yaml`, file(changing, 12, signIn));
  commit("more connections, and a sign-in");
  expect(await run("preview", "validate")).toMatchObject({ exitCode: 0 });
  const context = { "github.event.pull_request.base.sha": base };
  expect(await run("preview", "preview", context)).toMatchObject({ exitCode: 0 });
  expect(await run("preview", "comment")).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining(`${github.repository}#${number}: comment made\n`),
  });
  const [comment = "", ...others] = await comments();
  expect(others).toEqual([]);
  expect(comment).toContain(marker({ operation: "preview", environment: "local" }));
  expect(comment).toContain("connectionLimit: 10 → 12");
  expect(comment).toContain("1 tenant would change · 1 skipped");
  expect(comment).not.toContain(quiet);
  expect(comment.includes(clientSecret)).toBe(false);

  project.write(`tenants/${changing}.yaml`, file(changing, 900));
  commit("far too many");
  expect(await run("preview", "preview", context)).toMatchObject({ exitCode: 1 });
  expect(await run("preview", "comment")).toMatchObject({ exitCode: 0 });
  const [updated = "", ...more] = await comments();
  expect(more).toEqual([]);
  expect(updated).toContain(`policy database-connection-limit`);
  expect(updated).toContain(`${changing}  tenants/${changing}.yaml:10:`);

  project.write(`tenants/${changing}.yaml`, file(changing, 10));
  commit("as it was");
  expect(await run("preview", "preview", context)).toMatchObject({ exitCode: 0 });
  expect(await run("preview", "comment")).toMatchObject({ exitCode: 0 });
  expect(await comments()).toEqual([]);
});

test("merged: only those are deployed that changed since the last deployment that went well", async () => {
  const before = git("rev-parse", "main");
  git("switch", "--quiet", "main");
  project.write(`tenants/${changing}.yaml`, file(changing, 11));
  commit("a few more connections");
  deployed(before);
  const { exitCode, output } = await run("deploy", "up");
  expect(output).toContain("its file changed: tyrell");
  expect(output).toContain("skipped, no change reaches it: wallace");
  expect(exitCode).toBe(0);
  // A commit that this history doesn't have: everyone.
  deployed("0123456789abcdef0123456789abcdef01234567");
  expect(await run("deploy", "up")).toMatchObject({
    exitCode: 0,
    output: expect.not.stringContaining("no change"),
  });
});

test("each night: an issue about what was changed by hand, closed when it is as it should be", async () => {
  await project.postgres.rows("postgres", `ALTER DATABASE "${quiet}" CONNECTION LIMIT 9`);
  expect(await run("drift", "look")).toMatchObject({ exitCode: 0 });
  expect(await run("drift", "issue")).toMatchObject({
    output: expect.stringContaining(`${github.repository}: issue opened\n`),
  });
  expect(await github.issues("open")).toMatchObject([
    {
      title: "Drift in local: 1 tenant",
      body: expect.stringContaining("connectionLimit: found 9, wanted 10"),
    },
  ]);
  await project.postgres.rows("postgres", `ALTER DATABASE "${quiet}" CONNECTION LIMIT 10`);
  expect(await run("drift", "look")).toMatchObject({ exitCode: 0 });
  expect(await run("drift", "issue")).toMatchObject({
    output: expect.stringContaining(`${github.repository}: issue closed\n`),
  });
  expect(await github.issues("open")).toEqual([]);
});

test("a run that ended before it could report is no reason to take the comment away", async () => {
  await github.comment("github-actions[bot]", number, marker({ operation: "preview", environment: "local" }));
  const unknown = { "github.event.pull_request.base.sha": "no-such-revision" };
  expect(await run("preview", "preview", unknown)).toMatchObject({ exitCode: 1 });
  expect(await run("preview", "comment")).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining("it is empty: that run ended before it could report"),
  });
  expect(await comments()).toHaveLength(1);
});
