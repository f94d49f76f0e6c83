import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { coder } from "../../../providers/coder/system.ts";
import { templateDigest } from "../../../providers/coder/template-folder.ts";
import { configure as configureTemplate } from "../../../providers/coder/template-implementation.ts";
import { configure as configureUser } from "../../../providers/coder/user-implementation.ts";
import { accountName } from "../../../schema/account-name.ts";
import { type Tenant, tenant as model, username } from "../../../schema/tenant.ts";
import {
  byHand,
  deleteWorkspace,
  environment,
  finishedBuild,
  unique,
  wipeAccounts,
  wipeTemplates,
} from "../../support/coder-probe.ts";

const id = unique("st").slice(0, 9);
const folder = "workspace-templates/shell";
const tenantOf = (name: string, ...people: readonly string[]): Tenant =>
  model.parse({
    version: 1,
    id: name,
    name,
    plan: "basic",
    region: "eu",
    services: { workspaces: true },
    users: people.map((each) => ({
      email: `${each}@${name}.example`,
      firstName: "A",
      lastName: "B",
      role: "developer",
    })),
    workspaces: { templates: [{ name: "shell", folder }] },
  });
const tenant = tenantOf(id, "ada", "eu-ben");
const other = tenantOf(`${id}-eu`, "chloe");
const outsider = unique("outsider");

const strays = async (of = tenant): Promise<readonly string[] | undefined> =>
  coder.strays?.(of, process.env, () => Promise.resolve([tenant, other]));
const ids = new Map<string, string>();
const account = async (name: string): Promise<void> => {
  const user = configureUser(environment());
  const person = { tenant: id, username: name, email: `${name}@${id}.example`, name: "A" };
  ids.set(name, (await user.create(user.inputs.parse(person))).id);
};
const workspaceOf = async (owner: string, template: string): Promise<string> => {
  const shape = z.object({ id: z.string() });
  const body = { template_id: template, name: "own" };
  const made = await byHand.post(`/users/${owner}/workspaces`, body, shape);
  await finishedBuild(made.id);
  return made.id;
};
let template: string;

beforeAll(async () => {
  const implementation = configureTemplate(environment());
  const args = { tenant: id, name: `${id}-shell`, folder, content: templateDigest(folder) };
  template = (await implementation.create(implementation.inputs.parse(args))).id;
  for (const each of [tenant, other])
    for (const user of each.users) await account(accountName("workspaces", each.id, username(user)));
});
afterAll(async () => {
  await wipeTemplates(id);
  await wipeAccounts(id);
  await wipeAccounts(outsider);
});

test("people of the file, and their own workspaces, are no strays", async () => {
  await workspaceOf(`${id}-ada`, template);
  expect(await strays()).toEqual([]);
  expect(await strays(other)).toEqual([]);
});

test("accounts are told of the tenant with the longer id; suspended ones aren't", async () => {
  await account(`${id}-eve`);
  await account(`${id}-eu-eve`);
  expect(await strays()).toEqual([`account ${id}-eve`]);
  expect(await strays(other)).toEqual([`account ${id}-eu-eve`]);
  await byHand.put(`/users/${ids.get(`${id}-eve`) ?? ""}/status/suspend`, undefined, z.unknown());
  expect(await strays()).toEqual([]);
});

test("workspaces that nobody of the file has: of who left, or made from the tenant's template", async () => {
  await account(outsider);
  await byHand.put(`/users/${ids.get(`${id}-eve`) ?? ""}/status/activate`, undefined, z.unknown());
  const made = [await workspaceOf(`${id}-eve`, template), await workspaceOf(outsider, template)];
  await byHand.put(`/users/${ids.get(`${id}-eve`) ?? ""}/status/suspend`, undefined, z.unknown());
  expect(await strays()).toEqual([`workspace ${outsider}/own`, `workspace ${id}-eve/own`]);
  for (const each of made) await deleteWorkspace(each);
  expect(await strays()).toEqual([]);
});
