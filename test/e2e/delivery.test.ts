import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { StackOutcome } from "../../fleet/stack-outcome.ts";
import { readSchema } from "../../toolchain/sdk/read-schema.ts";
import { sdkFolder } from "../../toolchain/sdk/sdk-source.ts";
import { findToolchain } from "../../toolchain/toolchain.ts";
import { Project, type Finished } from "../support/project.ts";
import { startTestServers } from "../support/servers.ts";
import { TfeProbe } from "../support/tfe-probe.ts";

/** A tenant's part of Terraform Cloud, from the first up to the last. Each test goes on where the one before ended. */
const id = "aperture";
const secrets = { APERTURE_TOKEN: "first-hush-hush", APERTURE_KEY: "second-hush-hush" };
let text = `version: 1
id: ${id}
name: Aperture
plan: basic
services: { database: false, identity: false }
delivery:
  terraformVersion: 1.9.8
  environments:
    - name: dev
      repository: aperture/bu-aperture-infrastructure
      workingDirectory: environments/dev
      variables:
        - { key: region, value: europe-west1 }
        - { key: TOKEN, secret: env:APERTURE_TOKEN, category: env }
    - { name: prod, after: [dev] }
  variableSets:
    - { name: shared, variables: [{ key: KEY, secret: env:APERTURE_KEY, category: env }] }
    - { name: only-dev, environments: [dev], variables: [{ key: size, value: "2", hcl: true }] }
  teams:
    - { name: developers, access: write }
  notifications:
    - { name: catalog, url: "https://hooks.example/tfe?key=hush-in-address", rotation: first }
`;

let project: Project;
let tfe: TfeProbe;
const run = (operation: string, ...flags: string[]): Promise<StackOutcome> =>
  project.json([operation, id, ...flags]);
const changed = ({ changes }: StackOutcome): string[] =>
  changes.map(({ change, name }) => `${change} ${name}`).sort();
const errors = ({ problems }: StackOutcome): unknown[] =>
  problems.filter(({ severity }) => severity === "error");
const name = (rest: string): string => `${id}-delivery-${rest}`;

function edit(...edits: readonly (readonly [from: string, to: string])[]): void {
  for (const [from, to] of edits) {
    if (!text.includes(from)) throw new Error(`the file has no ${from}`);
    text = text.replace(from, to);
  }
  project.write(`tenants/${id}.yaml`, text);
}

beforeAll(async () => {
  await startTestServers({ with: ["tfe"] });
  Object.assign(process.env, secrets);
  project = new Project("delivery", { systems: ["tfe"] });
  tfe = new TfeProbe(project.environment);
  await project.wipe(id);
  await tfe.wipe(id);
  edit();
});
afterAll(() => {
  for (const each of Object.keys(secrets)) Reflect.deleteProperty(process.env, each);
});

test("the committed SDK is what the plugin says", () => {
  const toolchain = findToolchain();
  if (toolchain === undefined) throw new Error("there is no toolchain");
  const now: unknown = JSON.parse(readSchema(toolchain));
  expect(JSON.parse(readFileSync(join(sdkFolder, "schema.json"), "utf8"))).toEqual(now);
});

test("up makes all of it, and then nothing is to be done", async () => {
  const up = await run("up");
  expect(errors(up)).toEqual([]);
  const dev = await tfe.workspace(`${id}-dev`);
  expect(dev.attributes).toMatchObject({
    "auto-apply": true,
    "working-directory": "environments/dev",
    "terraform-version": "1.9.8",
    "tag-names": ["environment:dev", `tenant:${id}`],
    "vcs-repo": { identifier: "aperture/bu-aperture-infrastructure" },
  });
  const prod = await tfe.workspace(`${id}-prod`);
  expect(prod.attributes).toMatchObject({ "auto-apply": false, "vcs-repo": null });
  expect(await tfe.variables(dev.id)).toEqual({ region: "europe-west1", TOKEN: null });
  expect(await tfe.triggers(prod.id)).toEqual([dev.id]);
  expect(
    (await tfe.sets(id)).map(({ name: its, projects, workspaces }) => [its, projects.length, workspaces]),
  ).toEqual([
    [`${id}-only-dev`, 0, [dev.id]],
    [`${id}-shared`, 1, []],
  ]);
  expect(await tfe.teams(id)).toEqual({ [`${id}-developers`]: "write" });
  for (const { id: workspace } of [dev, prod]) expect(await tfe.notifications(workspace)).toHaveLength(1);
  const preview = await run("preview", "--refresh");
  expect(errors(preview)).toEqual([]);
  expect(changed(preview)).toEqual([]);
});

test("access details have links and the secret that signs; nothing else shows a secret", async () => {
  const access = await project.json<unknown>(["access", id, "--show-secrets"]);
  const delivery = z
    .object({
      url: z.string(),
      workspaces: z.record(z.string(), z.object({ id: z.string(), url: z.string() })),
      notificationSecrets: z.object({ catalog: z.string().min(20) }),
    })
    .parse(z.object({ delivery: z.unknown() }).parse(access).delivery);
  expect(delivery.workspaces["dev"]?.url).toBe(`${tfe.url}/app/${tfe.organization}/workspaces/${id}-dev`);
  const hidden = [...Object.values(secrets), "hush-in-address", delivery.notificationSecrets.catalog];
  const state = await project.pulumi(["stack", "export", "--stack", `local.${id}`]);
  const shown = await project.tenantry(["access", id]);
  for (const secret of hidden) {
    for (const seen of [state.stdout, state.stderr, shown.stdout, shown.stderr])
      expect(seen).not.toContain(secret);
  }
});

test("what somebody changes by hand is seen, and put back", async () => {
  const dev = await tfe.workspace(`${id}-dev`);
  await tfe.breakByHand(id, dev.id);
  const expected = [
    ["project", "update"],
    ["workspace-dev", "update"],
    ["workspace-dev-terraform-region", "update"],
    ["workspace-prod-after-dev", "create"],
    ["set-shared", "update"],
    ["set-shared-project", "create"],
    ["set-only-dev-dev", "create"],
    ["set-only-dev-terraform-size", "create"],
    ["team-developers", "update"],
    ["team-developers-access", "update"],
    ["notification-catalog-dev", "update"],
    ["notification-catalog-prod", "create"],
  ].map(([what = "", change = ""]) => `${change} ${name(what)}`);
  const preview = await run("preview", "--refresh");
  expect(changed(preview)).toEqual(expected.sort());
  expect(errors(await run("up", "--refresh"))).toEqual([]);
  expect(changed(await run("preview", "--refresh"))).toEqual([]);
  expect((await tfe.workspace(`${id}-dev`)).attributes).toMatchObject({
    "auto-apply": true,
    "tag-names": ["environment:dev", `tenant:${id}`],
  });
});

test("a variable's value, a secret and a rotation change what they should, and nothing else", async () => {
  const before = await project.json<unknown>(["access", id, "--show-secrets"]);
  process.env["APERTURE_TOKEN"] = "third-hush-hush";
  edit(["value: europe-west1", "value: europe-north1"], ["rotation: first", "rotation: second"]);
  const up = await run("up");
  expect(errors(up)).toEqual([]);
  expect(changed(up)).toEqual(
    [
      "workspace-dev-terraform-region",
      "workspace-dev-env-TOKEN",
      "notification-catalog",
      "notification-catalog-dev",
      "notification-catalog-prod",
    ]
      .map((what) => `update ${name(what)}`)
      .sort(),
  );
  const dev = await tfe.workspace(`${id}-dev`);
  expect(await tfe.variables(dev.id)).toMatchObject({ region: "europe-north1" });
  expect(tfe.kept()).toContain("third-hush-hush");
  expect(await project.json<unknown>(["access", id, "--show-secrets"])).not.toEqual(before);
  expect(await tfe.notifications(dev.id)).toHaveLength(1);
});

test("what Terraform Cloud refuses is said in words, with the line of the file", async () => {
  const token = project.read(".tenantry/local/credentials.json");
  const wrong = token.replace(/("TFE_TOKEN": ")[^"]*/, "$1wrong");
  project.write(".tenantry/local/credentials.json", wrong);
  const outcome = await run("preview");
  project.write(".tenantry/local/credentials.json", token);
  expect(errors(outcome)).toEqual([
    expect.objectContaining({ code: "wrong-token", system: "Terraform Cloud" }),
  ]);

  await tfe.make("teams", { name: `${id}-auditors` });
  edit([
    "    - { name: developers, access: write }",
    "    - { name: developers, access: write }\n    - { name: auditors, access: read }",
  ]);
  const taken = await run("up");
  expect(errors(taken)).toEqual([expect.objectContaining({ code: "name-taken", system: "Terraform Cloud" })]);
  edit(["\n    - { name: auditors, access: read }", ""]);
  expect(errors(await run("up"))).toEqual([]);
  await tfe.wipe(`${id}-auditors`);
});

test("a run cut in the middle converges, and nothing is there twice", async () => {
  edit([
    "    - { name: prod, after: [dev] }",
    "    - { name: staging, after: [dev], variables: [{ key: a, value: b }] }\n    - { name: prod, after: [staging] }",
  ]);
  const child = project.start(["up", id]);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await tfe.appears(`${id}-staging`);
  for (const pid of project.engines()) process.kill(pid, "SIGKILL");
  await ended;
  expect(errors(await run("up"))).toEqual([]);
  expect(changed(await run("preview", "--refresh"))).toEqual([]);
  const staging = await tfe.workspace(`${id}-staging`);
  expect(await tfe.variables(staging.id)).toEqual({ a: "b" });
  expect(await tfe.notifications(staging.id)).toHaveLength(1);
});

test("workspaces are protected until the tenant is destroyed; then nothing is left", async () => {
  edit(["plan: basic\n", `plan: basic\nstatus: destroyed\nconfirmDestroy: ${id}\n`]);
  const outcome: Finished = await project.tenantry(["destroy", id, "--json"]);
  expect(outcome.exitCode).toBe(0);
  expect(await tfe.everythingOf(id)).toEqual([]);
});
