import { describe, expect, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { root } from "../../../cli/project-root.ts";
import { credentialNames } from "../../../stacks/environment-variables.ts";
import {
  readAction,
  readWorkflow,
  textOf,
  type Job,
  type Step,
  type Workflow,
} from "../../support/workflow.ts";

const files = readdirSync(join(root, ".github", "workflows"));
const names = files.map((file) => file.replace(/\.yml$/, ""));
const jobsOf = (workflow: Workflow): [string, Job][] => Object.entries(workflow.jobs);
const stepsOf = (workflow: Workflow): Step[] => jobsOf(workflow).flatMap(([, { steps }]) => steps);

test("these workflows there are", () => {
  expect(files.sort()).toEqual(["ci.yml", "deploy.yml", "drift.yml", "preview.yml"]);
});

describe.each([...names.map((name) => `workflows/${name}.yml`), "actions/tenantry/action.yml"])(
  "%s",
  (file) => {
    test("what others wrote is pinned by its commit, with the version beside it", () => {
      const uses = [...textOf(file).matchAll(/uses: *(.*)/g)].map(([, used = ""]) => used);
      for (const used of uses.filter((each) => !each.startsWith("./")))
        expect(used).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      expect(uses.length).toBeGreaterThan(0);
    });

    test("each version of an action is one commit, everywhere", () => {
      const pins = [...names.map((name) => `workflows/${name}.yml`), "actions/tenantry/action.yml"]
        .flatMap((each) => [...textOf(each).matchAll(/uses: *(actions\/[\w-]+)@(.*)/g)])
        .map(([, action, pin]) => `${action ?? ""}@${pin ?? ""}`);
      const actions = new Set(pins.map((pin) => pin.replace(/@.*/, "")));
      expect(new Set(pins).size).toBe(actions.size);
    });
  },
);

describe.each(names)("%s", (name) => {
  const workflow = readWorkflow(name);
  const steps = stepsOf(workflow);

  test("no right is given to all jobs but to read, and each job has its own and an end", () => {
    expect(Object.values(workflow.permissions)).not.toContain("write");
    for (const [, job] of jobsOf(workflow)) {
      expect(job.permissions ?? workflow.permissions).toHaveProperty("contents", "read");
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  test("a checkout leaves no token behind", () => {
    for (const { with: options } of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")))
      expect(options["persist-credentials"]).toBe(false);
  });

  test("nothing is put into a command's text", () => {
    for (const { run = "" } of [...steps, ...readAction("tenantry")]) expect(run).not.toContain("${{");
  });

  test("never with a stranger's code and rights of this repository's own", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on)).not.toContain("workflow_run");
  });

  test("secrets reach only jobs with an environment, and of a pull request's only those of this repository", () => {
    for (const [, job] of jobsOf(workflow)) {
      if (!JSON.stringify(job.steps).includes("secrets.")) continue;
      expect(job.environment).toContain("vars.TENANTRY_ENVIRONMENT");
      expect(job.if).toContain("vars.TENANTRY_ENVIRONMENT != ''");
      // Who has secrets writes nothing on GitHub.
      expect(Object.values(job.permissions ?? {})).not.toContain("write");
      if ("pull_request" in workflow.on)
        expect(job.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
    }
  });

  test("who runs stacks has every credential that there is", () => {
    for (const { run, env } of steps) {
      if (!/npx tenantry (?:preview|up|drift|destroy)/.test(run ?? "")) continue;
      const expected = credentialNames.map((credential): [string, string] => [
        credential,
        `\${{ secrets.${credential.replace(/^GITHUB_/, "TENANTRY_GITHUB_")} }}`,
      ]);
      expect(env).toMatchObject(Object.fromEntries(expected));
      expect(Object.keys(env)).toEqual(
        expect.arrayContaining(["PULUMI_BACKEND_URL", "PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE"]),
      );
    }
  });

  test("commands and their options exist", async () => {
    for (const { run = "" } of steps)
      for (const [, line = ""] of run.matchAll(/npx tenantry (.*?)(?: \|\|.*)?$/gm))
        await expect(parse(line)).resolves.toBeUndefined();
    // What `"$@"` stands for.
    for (const { run = "" } of steps)
      for (const [, options = ""] of run.matchAll(/set -- (.*?);/g))
        await expect(
          parse(`up ${options.includes("max") ? "--all" : ""} ${options}`),
        ).resolves.toBeUndefined();
  });
});

test("npm scripts exist", () => {
  expect(readAction("tenantry").map(({ run }) => run)).toEqual(
    expect.arrayContaining(["npm ci", "npm run toolchain"]),
  );
});

test("a comment is made by a job that runs the base's code and can do nothing else", () => {
  const { comment } = readWorkflow("preview").jobs;
  expect(comment?.permissions).toEqual({ contents: "read", "pull-requests": "write" });
  expect(comment?.steps[0]?.with).toMatchObject({ ref: "${{ github.event.pull_request.base.sha }}" });
  expect(comment?.environment).toBeUndefined();
});

test("a deployment is never stopped midway, and never beside another", () => {
  const { concurrency, jobs } = readWorkflow("deploy");
  expect(concurrency["cancel-in-progress"]).toBe(false);
  expect(concurrency.group).not.toMatch(/ref|sha|run/);
  expect(Object.keys(jobs)).toEqual(["up"]);
});

test("drift is looked for each night, or when somebody asks", () => {
  const { on, jobs } = readWorkflow("drift");
  expect(on).toMatchObject({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }] });
  expect(on).toHaveProperty("workflow_dispatch");
  expect(jobs["issue"]?.permissions).toEqual({ contents: "read", issues: "write" });
});

/** Parses a command line as `tenantry` does, and runs nothing. Variables stand for a number. */
async function parse(line: string): Promise<void> {
  const [name = "", ...args] = line
    .replace(/ > .*/, "")
    .replaceAll('"$@"', "--all")
    .replaceAll(/"\$[^"]*"/g, "1")
    .split(" ")
    .filter(Boolean);
  const { command } = (await import(`../../../cli/commands/${name}.ts`)) as { command: Command };
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  await command.action(() => undefined).parseAsync(args, { from: "user" });
}
