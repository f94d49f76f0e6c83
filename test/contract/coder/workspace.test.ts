import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { coderApi, coderUrl } from "../../../providers/coder/server.ts";
import { projectDirectory, templateDigest } from "../../../providers/coder/template-folder.ts";
import { configure as configureTemplate } from "../../../providers/coder/template-implementation.ts";
import { configure as configureUser } from "../../../providers/coder/user-implementation.ts";
import { configure } from "../../../providers/coder/workspace-implementation.ts";
import type { WorkspaceInputs, WorkspaceOutputs } from "../../../providers/coder/workspace-inputs.ts";
import { serve } from "../../../providers/serve.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import {
  byHand,
  deleteWorkspace,
  environment,
  finishedBuild,
  signIn,
  unique,
  wipeAccounts,
  wipeTemplates,
} from "../../support/coder-probe.ts";

const workspace = configure(environment());
const run = unique("ws");
const owner = `${run}-jane`;
const folder = `.tenantry/${run}`;

/** The example, with a parameter that makes builds fail or take long. */
const moody = `
${readFileSync(join(projectDirectory, "workspace-templates/shell/main.tf"), "utf8")}
data "coder_parameter" "mood" {
  name    = "mood"
  type    = "string"
  default = "good"
  mutable = true
}
resource "terraform_data" "mood" {
  count            = data.coder_workspace.me.start_count
  triggers_replace = data.coder_parameter.mood.value
  input            = data.coder_parameter.mood.value
  lifecycle {
    precondition {
      condition     = data.coder_parameter.mood.value != "bad"
      error_message = "It is in a bad mood."
    }
  }
  provisioner "local-exec" {
    command = data.coder_parameter.mood.value == "slow" ? "sleep 300" : "true"
  }
  provisioner "local-exec" {
    when    = destroy
    command = self.input == "clingy" ? "exit 1" : "true"
  }
}
`;

let template: string;
let other: string;
let session: string;
let inputs: WorkspaceInputs;
let count = 0;

const makeTemplate = async (name: string): Promise<string> => {
  const implementation = configureTemplate(environment());
  const content = templateDigest(folder);
  const args = { tenant: run, name: `${run}-${name}`, folder, content, adopt: true };
  return (await implementation.create(implementation.inputs.parse(args))).id;
};

beforeAll(async () => {
  mkdirSync(join(projectDirectory, folder), { recursive: true });
  writeFileSync(join(projectDirectory, folder, "main.tf"), moody);
  const user = configureUser(environment());
  const person = user.inputs.parse({
    tenant: run,
    username: owner,
    email: `${owner}@example.com`,
    name: "Jane",
  });
  const [{ outputs }, one, two] = await Promise.all([
    user.create(person),
    makeTemplate("one"),
    makeTemplate("two"),
  ]);
  [template, other] = [one, two];
  session = (await signIn(person.email, outputs.password)) ?? "";
});
beforeEach(() => {
  count += 1;
  inputs = workspace.inputs.parse({
    tenant: run,
    name: `dev-${count}`,
    owner,
    template,
    parameters: { size: "large" },
    autostart: "CRON_TZ=Europe/Berlin 0 8 * * 1-5",
    ttl: "8h",
  });
});
afterAll(async () => {
  rmSync(join(projectDirectory, folder), { recursive: true });
  await wipeTemplates(run);
  await wipeAccounts(run);
});

const shape = z.object({
  id: z.string(),
  template_id: z.string(),
  autostart_schedule: z.string().optional(),
  ttl_ms: z.number().nullable().optional(),
  automatic_updates: z.string(),
  latest_build: z.object({
    id: z.string(),
    build_number: z.number(),
    status: z.string(),
    template_version_id: z.string(),
  }),
});
const onServer = async (): Promise<z.output<typeof shape> | undefined> =>
  byHand.get(`/users/${owner}/workspace/${inputs.name}`, shape);
const parameters = async (): Promise<unknown> => {
  const id = (await onServer())?.latest_build.id ?? "";
  const list = z.array(z.object({ name: z.string(), value: z.string() }));
  const found = (await byHand.get(`/workspacebuilds/${id}/parameters`, list)) ?? [];
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
};
const found = async (id: string, state: WorkspaceOutputs): Promise<WorkspaceOutputs> => {
  const outputs = await workspace.read(id, state);
  if (outputs === undefined) throw new Error(`${state.name} is gone`);
  return outputs;
};
const differs = async (id: string, state: WorkspaceOutputs): Promise<boolean> =>
  (await serve(workspace).diff(id, { ...(await found(id, state)) }, { ...inputs })).changes;

/** Has it built by hand, as its owner does, and waits. Gives how the build ended. */
const buildByHand = async (
  id: string,
  transition: string,
  values: Record<string, string> = {},
): Promise<string> => {
  const rich_parameter_values = Object.entries(values).map(([name, value]) => ({ name, value }));
  await asOwner().post(`/workspaces/${id}/builds`, { transition, rich_parameter_values }, z.unknown());
  return finishedBuild(id);
};
const asOwner = (): typeof byHand => coderApi({ ...process.env, CODER_SESSION_TOKEN: session });
const makeByHand = async (api: typeof byHand, of = template): Promise<string> => {
  const body = { name: inputs.name, template_id: of };
  const { id } = await api.post(`/users/${owner}/workspaces`, body, z.object({ id: z.string() }));
  await finishedBuild(id);
  return id;
};

describe("create", () => {
  test("builds a workspace that its owner has, and nothing is left to change", async () => {
    const { id, outputs } = await workspace.create(inputs);
    expect(outputs.url).toBe(`${coderUrl(process.env)}/@${owner}/${inputs.name}`);
    expect(await onServer()).toMatchObject({
      id,
      template_id: template,
      autostart_schedule: inputs.autostart,
      ttl_ms: 8 * 60 * 60_000,
      automatic_updates: "always",
      latest_build: { build_number: 1, status: "running" },
    });
    expect(await parameters()).toEqual({ size: "large", mood: "good" });
    expect(await asOwner().get(`/users/me/workspace/${inputs.name}`, shape)).toMatchObject({ id });
    expect(await found(id, outputs)).toEqual(outputs);
    expect(await differs(id, outputs)).toBe(false);
  });

  test("without times and parameters there are none, and nothing is left to change", async () => {
    inputs = { ...inputs, parameters: {}, autostart: "", ttl: "" };
    const { id, outputs } = await workspace.create(inputs);
    const { autostart_schedule, ttl_ms } = (await onServer()) ?? {};
    expect([autostart_schedule ?? "", ttl_ms ?? 0]).toEqual(["", 0]);
    expect(await differs(id, outputs)).toBe(false);
  });

  test("a template's own time to stop is not for workspaces that declare none", async () => {
    await byHand.patch(`/templates/${other}`, { default_ttl_ms: 60 * 60_000 }, z.unknown());
    inputs = { ...inputs, template: other, ttl: "" };
    const { id, outputs } = await workspace.create(inputs);
    expect(await differs(id, outputs)).toBe(false);
  });

  test("a failed build says why, and the next try repairs it", async () => {
    const bad = { ...inputs, parameters: { mood: "bad" } };
    await expect(workspace.create(bad)).rejects.toMatchObject({
      code: "workspace-build-failed",
      message: expect.stringContaining("It is in a bad mood."),
    });
    await expect(workspace.create(bad)).rejects.toMatchObject({ code: "workspace-build-failed" });
    const there = await onServer();
    inputs = { ...inputs, parameters: { size: "large", mood: "good" } };
    const { id, outputs } = await workspace.create(inputs);
    expect(id).toBe(there?.id);
    expect((await onServer())?.latest_build).toMatchObject({ build_number: 3, status: "running" });
    expect(await differs(id, outputs)).toBe(false);
  });

  test("a parameter that the template doesn't have, and a value that it doesn't take, are named", async () => {
    await expect(workspace.create({ ...inputs, parameters: { colour: "red" } })).rejects.toMatchObject({
      code: "parameter-unknown",
      message: expect.stringContaining("colour"),
      fix: expect.stringContaining("size"),
    });
    const huge = { ...inputs, name: `${inputs.name}-b`, parameters: { size: "huge" } };
    await expect(workspace.create(huge)).rejects.toMatchObject({ message: expect.stringContaining("huge") });
  });

  test("an owner or a template that isn't there", async () => {
    const nobody = workspace.create({ ...inputs, owner: `${run}-nobody` });
    await expect(nobody).rejects.toMatchObject({ system: "Coder", code: "not-found" });
    const nothing = workspace.create({ ...inputs, template: "00000000-0000-4000-8000-000000000000" });
    await expect(nothing).rejects.toMatchObject({ system: "Coder" });
  });

  test("refuses the owner's own workspace, and says how to take it over", async () => {
    await makeByHand(asOwner());
    await expect(workspace.create(inputs)).rejects.toMatchObject({
      code: "workspace-not-ours",
      fix: expect.stringContaining("adopt: true"),
    });
    expect((await onServer())?.latest_build.build_number).toBe(1);
  });

  test("adopts: the same workspace, as declared", async () => {
    const id = await makeByHand(asOwner());
    const made = await workspace.create({ ...inputs, adopt: true });
    expect(made.id).toBe(id);
    expect(await parameters()).toMatchObject({ size: "large" });
    expect((await onServer())?.automatic_updates).toBe("always");
    expect(await found(id, made.outputs)).toEqual(made.outputs);
  });

  test("does not adopt what is made from another template", async () => {
    await makeByHand(byHand, other);
    const adopting = workspace.create({ ...inputs, adopt: true });
    await expect(adopting).rejects.toMatchObject({
      code: "workspace-not-ours",
      fix: expect.stringContaining("another template"),
    });
  });

  test.each([
    ["ttl", "8 hours"],
    ["ttl", "0m"],
    ["ttl", "721h"],
    ["autostart", "0 8 * *"],
    ["autostart", "0 8 1 * *"],
    ["autostart", "CRON_TZ=Europe/Nowhere 0 8 * * *"],
    ["name", "jane.dev"],
  ])("%s %s is refused before", async (property, value) => {
    const { failures } = await serve(workspace).check({}, { ...inputs, [property]: value });
    expect(failures.map((each) => each.property)).toEqual([property]);
  });

  test("a duration is written in one way", async () => {
    const check = async (ttl: string): Promise<unknown> =>
      (await serve(workspace).check({}, { ...inputs, ttl })).inputs["ttl"];
    expect(await Promise.all(["90m", "1h30m", "60m", "8h0m", ""].map(check))).toEqual([
      "1h30m",
      "1h30m",
      "1h",
      "8h",
      "",
    ]);
  });
});

describe("when answers get lost", () => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await FaultProxy.start(coderUrl(process.env));
  });
  beforeEach(() => proxy.clear());
  afterAll(() => proxy.close());
  const posts = (): number => proxy.calls.filter(({ method }) => method === "POST").length;

  test("of the create: one workspace, built once", async () => {
    proxy.once({ method: "POST", path: /\/workspaces$/ }, "cut after");
    const { id, outputs } = await configure(environment(proxy.url)).create(inputs);
    expect(posts()).toBe(1);
    expect(await onServer()).toMatchObject({ id, latest_build: { build_number: 1, status: "running" } });
    expect(await differs(id, outputs)).toBe(false);
  });

  test("of a build and of the delete: each happens once", async () => {
    const { id, outputs } = await workspace.create(inputs);
    const broken = configure(environment(proxy.url));
    proxy.once({ method: "POST", path: /\/builds$/ }, "cut after");
    await broken.update(id, outputs, { ...inputs, parameters: { size: "small" } });
    expect((await onServer())?.latest_build.build_number).toBe(2);
    proxy.once({ method: "POST", path: /\/builds$/ }, "cut after");
    await broken.delete(id, outputs);
    expect(posts()).toBe(2);
    expect(await onServer()).toBeUndefined();
  });
});

describe("update", () => {
  test("parameters, times: each is built or set, and nothing is left to change", async () => {
    const { id, outputs } = await workspace.create(inputs);
    inputs = { ...inputs, autostart: "CRON_TZ=Europe/Paris 30 7 * * *", ttl: "1h30m" };
    const second = await workspace.update(id, outputs, inputs);
    expect(await onServer()).toMatchObject({
      autostart_schedule: inputs.autostart,
      ttl_ms: 90 * 60_000,
      latest_build: { build_number: 1 },
    });
    expect(await differs(id, second)).toBe(false);
    inputs = { ...inputs, autostart: "", ttl: "", parameters: { size: "small" } };
    const third = await workspace.update(id, second, inputs);
    expect(await parameters()).toMatchObject({ size: "small" });
    expect((await onServer())?.latest_build).toMatchObject({ build_number: 2, status: "running" });
    expect(await differs(id, third)).toBe(false);
  });

  test("what is stopped is no drift, stays stopped, and has its new values", async () => {
    const { id, outputs } = await workspace.create(inputs);
    expect(await buildByHand(id, "stop")).toBe("succeeded");
    expect(await differs(id, outputs)).toBe(false);
    inputs = { ...inputs, parameters: { size: "small" } };
    const after = await workspace.update(id, outputs, inputs);
    expect((await onServer())?.latest_build.status).toBe("stopped");
    expect(await differs(id, after)).toBe(false);
    await buildByHand(id, "start");
    expect(await parameters()).toMatchObject({ size: "small" });
  });

  test("a new version of the template is no drift, and comes with the next build", async () => {
    const { id, outputs } = await workspace.create(inputs);
    writeFileSync(join(projectDirectory, folder, "main.tf"), `${moody} # ${run}`);
    await makeTemplate("one");
    expect(await differs(id, outputs)).toBe(false);
    await workspace.update(id, outputs, { ...inputs, parameters: { size: "small" } });
    const { active_version_id } = (await byHand.get(
      `/templates/${template}`,
      z.object({ active_version_id: z.string() }),
    )) ?? { active_version_id: "" };
    expect((await onServer())?.latest_build.template_version_id).toBe(active_version_id);
  });

  test("another owner is refused, another template makes another workspace", async () => {
    const { id, outputs } = await workspace.create(inputs);
    const given = workspace.update(id, outputs, { ...inputs, owner: `${run}-jim` });
    await expect(given).rejects.toMatchObject({ code: "workspace-owner-fixed" });
    const diff = await serve(workspace).diff(id, { ...outputs }, { ...inputs, template: other });
    expect(diff.replaces).toEqual(["template"]);
  });

  test("the owner being suspended is no hindrance", async () => {
    const { id, outputs } = await workspace.create(inputs);
    await byHand.put(`/users/${owner}/status/suspend`, undefined, z.unknown());
    try {
      await workspace.update(id, outputs, { ...inputs, parameters: { size: "small" } });
      await workspace.delete(id, outputs);
    } finally {
      await byHand.put(`/users/${owner}/status/activate`, undefined, z.unknown());
    }
    expect(await onServer()).toBeUndefined();
  });
});

describe("changes by hand", () => {
  test("times and a declared parameter: seen and repaired; an undeclared one is the owner's", async () => {
    inputs = { ...inputs, parameters: { size: "large" } };
    const { id, outputs } = await workspace.create(inputs);
    await byHand.put(`/workspaces/${id}/ttl`, { ttl_ms: 60 * 60_000 }, z.unknown());
    expect((await found(id, outputs)).ttl).toBe("1h");
    await byHand.put(`/workspaces/${id}/autostart`, { schedule: "0 9 * * *" }, z.unknown());
    expect((await found(id, outputs)).autostart).toBe("0 9 * * *");
    const second = await workspace.update(id, await found(id, outputs), inputs);
    expect(await differs(id, second)).toBe(false);
    await buildByHand(id, "start", { mood: "fine" });
    expect(await differs(id, second)).toBe(false);
    await buildByHand(id, "start", { size: "small" });
    expect((await found(id, second)).parameters).toEqual({ size: "small" });
    const third = await workspace.update(id, await found(id, second), inputs);
    expect(await differs(id, third)).toBe(false);
    expect(await parameters()).toEqual({ size: "large", mood: "fine" });
  });

  test("a failed build: seen and repaired", async () => {
    inputs = { ...inputs, parameters: { mood: "good" } };
    const { id, outputs } = await workspace.create(inputs);
    expect(await buildByHand(id, "start", { mood: "bad" })).toBe("failed");
    expect(await found(id, outputs)).toMatchObject({ build: "failed", parameters: { mood: "bad" } });
    expect(await differs(id, outputs)).toBe(true);
    const after = await workspace.update(id, await found(id, outputs), inputs);
    expect(await differs(id, after)).toBe(false);
    expect((await onServer())?.latest_build.status).toBe("running");
  });

  test("deleted: gone, and made again", async () => {
    const { id, outputs } = await workspace.create(inputs);
    await deleteWorkspace(id);
    expect(await workspace.read(id, outputs)).toBeUndefined();
    await expect(workspace.update(id, outputs, inputs)).rejects.toMatchObject({ code: "workspace-missing" });
    await workspace.delete(id, outputs);
    expect((await workspace.create(inputs)).id).not.toBe(id);
  });
});

describe("delete", () => {
  test("removes it; the second time does no harm", async () => {
    const { id, outputs } = await workspace.create(inputs);
    await workspace.delete(id, outputs);
    await workspace.delete(id, outputs);
    expect(await onServer()).toBeUndefined();
  });

  test("cancels a build that runs, and waits for a delete that runs", async () => {
    const { id, outputs } = await workspace.create(inputs);
    const slow = [{ name: "mood", value: "slow" }];
    const request = { transition: "start", rich_parameter_values: slow };
    await byHand.post(`/workspaces/${id}/builds`, request, z.unknown());
    await Promise.all([workspace.delete(id, outputs), workspace.delete(id, outputs)]);
    expect(await onServer()).toBeUndefined();
  });

  test("says why it failed", async () => {
    const { id, outputs } = await workspace.create({ ...inputs, parameters: { mood: "clingy" } });
    await expect(workspace.delete(id, outputs)).rejects.toMatchObject({
      code: "workspace-build-failed",
      message: expect.stringContaining("its delete failed"),
      fix: expect.stringContaining("--orphan"),
    });
    await byHand.post(`/workspaces/${id}/builds`, { transition: "delete", orphan: true }, z.unknown());
    await finishedBuild(id);
    await workspace.delete(id, outputs);
  });
});

describe("HTTP", () => {
  let made: { id: string; outputs: WorkspaceOutputs };
  beforeAll(async () => {
    made = await workspace.create({ ...inputs, name: "http" });
  });
  describeHttpFailures({
    system: "Coder",
    url: () => coderUrl(process.env),
    secrets: () => [process.env["CODER_SESSION_TOKEN"] ?? ""],
    read: (url) => configure(environment(url)).read(made.id, made.outputs),
    create: (url) => configure(environment(url)).create(inputs),
  });
});
