import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { coderUrl } from "../../../providers/coder/server.ts";
import { projectDirectory, templateDigest } from "../../../providers/coder/template-folder.ts";
import {
  configure,
  type TemplateInputs,
  type TemplateOutputs,
} from "../../../providers/coder/template-implementation.ts";
import { serve } from "../../../providers/serve.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import { byHand, environment, unique, wipeTemplates } from "../../support/coder-probe.ts";

const template = configure(environment());
const run = unique("tpl");
const folder = `.tenantry/${run}`;
const secret = "not-to-be-seen-1";
let inputs: TemplateInputs;
let count = 0;

const plain = `
variable "image" {
  default = "small"
}
resource "terraform_data" "workspace" {
  input = var.image
}
`;

/** Writes the folder that the template is made from. */
const write = (text: string): void => {
  mkdirSync(join(projectDirectory, folder), { recursive: true });
  writeFileSync(join(projectDirectory, folder, "main.tf"), text);
};
const withContent = (): TemplateInputs => ({ ...inputs, content: templateDigest(folder) });

beforeEach(() => {
  write(plain);
  count += 1;
  inputs = template.inputs.parse({
    tenant: run,
    name: `${run}-${count}`,
    displayName: "Shell",
    description: "A shell.",
    folder,
    content: templateDigest(folder),
  });
});
afterAll(async () => {
  rmSync(join(projectDirectory, folder), { recursive: true });
  await wipeTemplates(run);
});

const shape = z.object({
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  description: z.string(),
  active_version_id: z.string(),
});
const versionShape = z.object({ id: z.string(), name: z.string(), message: z.string() });

const onServer = async (name = inputs.name): Promise<z.output<typeof shape> | undefined> =>
  byHand.get(`/organizations/default/templates/${name}`, shape);
const versions = async (id: string): Promise<z.output<typeof versionShape>[]> =>
  (await byHand.get(`/templates/${id}/versions`, z.array(versionShape))) ?? [];
const found = async (id: string, state: TemplateOutputs): Promise<TemplateOutputs> => {
  const outputs = await template.read(id, state);
  if (outputs === undefined) throw new Error(`${state.name} is gone`);
  return outputs;
};
const differs = async (id: string, state: TemplateOutputs): Promise<boolean> =>
  (await serve(template).diff(id, { ...(await found(id, state)) }, { ...inputs })).changes;

describe("create", () => {
  test("uploads, tries and makes a template, and nothing is left to change", async () => {
    const { id, outputs } = await template.create(inputs);
    expect(await onServer()).toEqual({
      id,
      name: inputs.name,
      display_name: "Shell",
      description: "A shell.",
      active_version_id: outputs.versionId,
    });
    expect(await versions(id)).toMatchObject([
      {
        id: outputs.versionId,
        name: expect.stringContaining(inputs.content.slice(0, 12)),
        message: `tenantry: tenant ${run}`,
      },
    ]);
    expect(await found(id, outputs)).toEqual(outputs);
    expect(await differs(id, outputs)).toBe(false);
  });

  test("says why Terraform refuses it, without the values of variables", async () => {
    write(`
      variable "password" {}
      resource "terraform_data" "a" {
        lifecycle {
          precondition {
            condition     = var.password == ""
            error_message = "the password is \${var.password}"
          }
        }
      }
    `);
    inputs = { ...withContent(), variables: { password: secret } };
    const failure = await template.create(inputs).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      code: "template-broken",
      message: expect.stringMatching(/precondition.*the password is …/),
      fix: expect.stringContaining(folder),
    });
    expect(JSON.stringify(failure)).not.toContain(secret);
    expect(await onServer()).toBeUndefined();
  });

  test("says which variable has no value", async () => {
    write(`variable "region" {}`);
    await expect(template.create(withContent())).rejects.toMatchObject({
      code: "template-broken",
      message: expect.stringContaining("region"),
    });
  });

  test("refuses a folder that was changed after the program looked", async () => {
    write(`${plain} # changed`);
    await expect(template.create(inputs)).rejects.toMatchObject({ code: "template-folder" });
  });

  test("refuses a template of somebody else, and says how to take it over", async () => {
    await template.create({ ...inputs, tenant: "somebody" });
    await expect(template.create(inputs)).rejects.toMatchObject({
      code: "template-not-ours",
      fix: expect.stringContaining("adopt: true"),
    });
  });

  test("adopts: the same template, as declared, with its old version kept", async () => {
    const other = await template.create({ ...inputs, tenant: "somebody", description: "Theirs." });
    const { id, outputs } = await template.create({ ...inputs, adopt: true });
    expect(id).toBe(other.id);
    expect(await versions(id)).toHaveLength(2);
    expect((await onServer())?.active_version_id).toBe(outputs.versionId);
    expect(await found(id, outputs)).toEqual(outputs);
  });

  test("takes what an earlier try made", async () => {
    const { id } = await template.create(inputs);
    expect((await template.create(inputs)).id).toBe(id);
  });
});

describe("when answers get lost", () => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await FaultProxy.start(coderUrl(process.env));
  });
  beforeEach(() => proxy.clear());
  afterAll(() => proxy.close());
  const posts = (path: RegExp): number =>
    proxy.calls.filter((call) => call.method === "POST" && path.test(call.path)).length;

  test.each([
    ["the upload", /\/files$/, 2],
    ["the version", /\/templateversions$/, 1],
    ["the template", /\/templates$/, 1],
  ])("of %s: one template of one version", async (_what, path, sent) => {
    proxy.once({ method: "POST", path }, "cut after");
    const { id, outputs } = await configure(environment(proxy.url)).create(inputs);
    expect(posts(path)).toBe(sent);
    expect((await onServer())?.id).toBe(id);
    expect(await versions(id)).toHaveLength(1);
    expect(await differs(id, outputs)).toBe(false);
  });

  test("of a new version: one", async () => {
    const { id, outputs } = await template.create(inputs);
    write(`${plain} # changed`);
    inputs = withContent();
    proxy.once({ method: "POST", path: /\/templateversions$/ }, "cut after");
    proxy.once({ method: "PATCH", path: /\/versions$/ }, "cut after");
    const after = await configure(environment(proxy.url)).update(id, outputs, inputs);
    expect(await versions(id)).toHaveLength(2);
    expect(await differs(id, after)).toBe(false);
  });
});

describe("update", () => {
  test("name, display name and description: no new version", async () => {
    const { id, outputs } = await template.create(inputs);
    const old = inputs.name;
    inputs = { ...inputs, name: `${old}-b`, displayName: "", description: "" };
    const after = await template.update(id, outputs, inputs);
    expect(after.versionId).toBe(outputs.versionId);
    expect(await onServer()).toMatchObject({ id, display_name: "", description: "" });
    expect(await onServer(old)).toBeUndefined();
    expect(await differs(id, after)).toBe(false);
  });

  test("content and variables: a new version becomes active, the old one stays", async () => {
    const { id, outputs } = await template.create(inputs);
    write(`${plain} # changed`);
    inputs = withContent();
    expect(await differs(id, outputs)).toBe(true);
    const second = await template.update(id, outputs, inputs);
    inputs = { ...inputs, variables: { image: "large" } };
    expect(await differs(id, second)).toBe(true);
    const third = await template.update(id, second, inputs);
    expect((await onServer())?.active_version_id).toBe(third.versionId);
    const kept = [outputs, second, third].map(({ versionId }) => versionId);
    expect((await versions(id)).map((each) => each.id).sort()).toEqual(kept.sort());
    expect(await differs(id, third)).toBe(false);
  });

  test("a broken content leaves the old version active", async () => {
    const { id, outputs } = await template.create(inputs);
    write("no terraform");
    const update = template.update(id, outputs, withContent());
    await expect(update).rejects.toMatchObject({ code: "template-broken" });
    expect((await onServer())?.active_version_id).toBe(outputs.versionId);
  });
});

describe("changes by hand", () => {
  test("another name and description: seen and repaired", async () => {
    const { id, outputs } = await template.create(inputs);
    await byHand.patch(`/templates/${id}`, { name: `${inputs.name}-x`, description: "Mine." }, z.unknown());
    const drifted = await found(id, outputs);
    expect(drifted).toMatchObject({ name: `${inputs.name}-x`, description: "Mine." });
    expect(await differs(id, outputs)).toBe(true);
    const after = await template.update(id, drifted, inputs);
    expect(await differs(id, after)).toBe(false);
  });

  test("another active version: seen, and ours becomes active again without a new one", async () => {
    const { id, outputs } = await template.create(inputs);
    write(`${plain} # by hand`);
    const other = configure(environment());
    const theirs = await other.create({ ...withContent(), tenant: "somebody", adopt: true });
    const drifted = await found(id, outputs);
    expect(theirs.id).toBe(id);
    expect(drifted.content).toMatch(/^version \S+$/);
    write(plain);
    expect(await differs(id, outputs)).toBe(true);
    const after = await template.update(id, drifted, inputs);
    expect(after.versionId).toBe(outputs.versionId);
    expect(await differs(id, after)).toBe(false);
    // Archived, it can't become active: another one like it is made.
    const again = await other.create({ ...inputs, tenant: "somebody", adopt: true });
    await byHand.post(`/templateversions/${outputs.versionId}/archive`, undefined, z.unknown());
    const last = await template.update(id, await found(again.id, after), inputs);
    expect(last.versionId).not.toBe(outputs.versionId);
    expect(await differs(id, last)).toBe(false);
  });

  test("deleted: gone, and made again", async () => {
    const { id, outputs } = await template.create(inputs);
    await byHand.delete(`/templates/${id}`);
    expect(await template.read(id, outputs)).toBeUndefined();
    await expect(template.update(id, outputs, inputs)).rejects.toMatchObject({ code: "template-missing" });
    await template.delete(id, outputs);
    expect((await template.create(inputs)).id).not.toBe(id);
  });
});

describe("delete", () => {
  test("removes it; the second time does no harm", async () => {
    const { id, outputs } = await template.create(inputs);
    await template.delete(id, outputs);
    await template.delete(id, outputs);
    expect(await onServer()).toBeUndefined();
  });

  test("refuses while somebody has a workspace of it, and names it", async () => {
    const { id, outputs } = await template.create(inputs);
    const made = await byHand.post(
      "/users/me/workspaces",
      { name: `${run}-${count}`.slice(-32), template_id: id },
      z.object({ id: z.string(), owner_name: z.string(), name: z.string() }),
    );
    await expect(template.delete(id, outputs)).rejects.toMatchObject({
      code: "template-in-use",
      message: expect.stringContaining(`${made.owner_name}/${made.name}`),
    });
    expect(await onServer()).toBeDefined();
  });
});

describe("HTTP", () => {
  let made: { id: string; outputs: TemplateOutputs };
  beforeAll(async () => {
    write(plain);
    made = await template.create({ ...withContent(), name: `${run}-http` });
  });
  describeHttpFailures({
    system: "Coder",
    url: () => coderUrl(process.env),
    secrets: () => [process.env["CODER_SESSION_TOKEN"] ?? "", secret],
    read: (url) => configure(environment(url)).read(made.id, made.outputs),
    create: (url) => configure(environment(url)).create({ ...inputs, variables: { image: secret } }),
  });
});
