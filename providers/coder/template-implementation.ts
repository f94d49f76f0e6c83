import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { markOf } from "../ownership.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { coderName, displayName } from "./names.ts";
import { organizationId } from "./organization-id.ts";
import { coderApi, type Environment } from "./server.ts";
import { makeVersion, templateVersion, versionAt } from "./template-version.ts";

const system = "Coder";

const inputs = z.strictObject({
  tenant: z.string().min(1),
  name: coderName,
  displayName: displayName.default(""),
  description: z.string().max(127, "Coder takes descriptions of less than 128 characters").default(""),
  folder: z.string().min(1),
  /** The folder's digest. In what is read, `version <name>` when another version is active than the one made from it. */
  content: z.string().min(1),
  variables: z.record(z.string(), z.string()).default({}),
  organization: z.string().min(1).optional(),
  adopt: z.boolean().default(false),
});
// What somebody set by hand is in it too, so it takes more than the inputs do.
const outputs = inputs.extend({
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  /** The version that was made here last, and the digest that it was made from. Its variables are the inputs'. */
  versionId: z.string(),
  versionContent: z.string(),
});

const template = z.object({
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  description: z.string(),
  organization_id: z.string(),
  active_version_id: z.string(),
});
const workspaces = z.object({
  workspaces: z.array(z.object({ template_id: z.string(), owner_name: z.string(), name: z.string() })),
});

export type TemplateInputs = z.output<typeof inputs>;
export type TemplateOutputs = z.output<typeof outputs>;
type Template = z.output<typeof template>;

/** Makes the implementation with the administrator's credentials from an environment. */
export function configure(environment: Environment): Implementation<TemplateInputs, TemplateOutputs> {
  return {
    inputs,
    outputs,
    replaceOn: ["organization"],

    create: async (news) => {
      const api = coderApi(environment);
      const organization = await organizationId(api, news.organization);
      const existing = await findOurs(api, organization, news);
      const source = { ...news, message: markOf(news.tenant) };
      const version = await makeVersion(api, source, { organization, template: existing?.id });
      const found =
        existing ??
        (
          await createOnce({
            find: async () => {
              const found = await find(api, organization, news.name);
              if (found && found.active_version_id !== version) throw notOurs(news.name);
              return found;
            },
            make: () => make(api, organization, news, version),
          })
        ).thing;
      await settle(api, found, news, version);
      return { id: found.id, outputs: { ...news, versionId: version, versionContent: news.content } };
    },

    read: async (id, state) => {
      const api = coderApi(environment);
      const found = await at(api, id);
      if (!found) return undefined;
      const isOurs = found.active_version_id === state.versionId;
      return {
        ...state,
        name: found.name,
        displayName: found.display_name,
        description: found.description,
        content: isOurs
          ? state.versionContent
          : `version ${(await versionAt(api, found.active_version_id)).name}`,
      };
    },

    update: async (id, olds, news) => {
      const api = coderApi(environment);
      const found = await at(api, id);
      if (!found) throw removedByHand(system, "template", news.name);
      const version = (await isUsable(api, olds, news))
        ? olds.versionId
        : await makeVersion(
            api,
            { ...news, message: markOf(news.tenant) },
            { organization: found.organization_id, template: id },
          );
      await settle(api, found, news, version);
      return { ...news, versionId: version, versionContent: news.content };
    },

    delete: async (id) => {
      const api = coderApi(environment);
      const found = await at(api, id);
      if (!found) return;
      await requireUnused(api, found);
      await api.delete(`/templates/${id}`);
    },
  };
}

function at(api: ApiClient, id: string): Promise<Template | undefined> {
  return api.get(`/templates/${id}`, template);
}

function find(api: ApiClient, organization: string, name: string): Promise<Template | undefined> {
  return api.get(`/organizations/${organization}/templates/${name}`, template);
}

/** The template of that name, if it may be taken: its active version says whose it is. */
async function findOurs(
  api: ApiClient,
  organization: string,
  news: TemplateInputs,
): Promise<Template | undefined> {
  const found = await find(api, organization, news.name);
  if (!found || news.adopt) return found;
  const { message } = await versionAt(api, found.active_version_id);
  if (message === markOf(news.tenant)) return found;
  throw notOurs(news.name);
}

function make(
  api: ApiClient,
  organization: string,
  { name, displayName, description }: TemplateInputs,
  version: string,
): Promise<Template> {
  const body = { name, display_name: displayName, description, template_version_id: version };
  return api.post(`/organizations/${organization}/templates`, body, template);
}

/** Whether the last version that was made here still is what is wanted. */
async function isUsable(api: ApiClient, olds: TemplateOutputs, news: TemplateInputs): Promise<boolean> {
  if (olds.versionContent !== news.content) return false;
  if (!isDeepStrictEqual(olds.variables, news.variables)) return false;
  const version = await api.get(`/templateversions/${olds.versionId}`, templateVersion);
  return version?.archived === false;
}

/** Brings the template to its inputs, and makes a version the active one. */
async function settle(
  api: ApiClient,
  found: Template,
  { name, displayName, description }: TemplateInputs,
  version: string,
): Promise<void> {
  const wanted = { name, display_name: displayName, description };
  if (!isDeepStrictEqual({ ...found, ...wanted }, found)) {
    await api.patch(`/templates/${found.id}`, wanted, z.unknown());
  }
  if (found.active_version_id !== version) {
    await api.patch(`/templates/${found.id}/versions`, { id: version }, z.unknown());
  }
}

async function requireUnused(api: ApiClient, { id, name }: Template): Promise<void> {
  const found = await api.get(`/workspaces?q=${encodeURIComponent(`template:${name}`)}`, workspaces);
  const uses = (found?.workspaces ?? []).filter((each) => each.template_id === id);
  if (uses.length === 0) return;
  const some = uses.slice(0, 5).map((each) => `${each.owner_name}/${each.name}`);
  const all =
    uses.length > some.length ? `${some.join(", ")} and ${uses.length - some.length} more` : some.join(", ");
  throw new Failure("template-in-use", `workspaces are made from the template ${name}: ${all}`, {
    system,
    fix: "have their owners save their work and delete them, then run it again",
  });
}

function notOurs(name: string): Failure {
  return new Failure("template-not-ours", `a template ${name} exists that this tenant did not make`, {
    system,
    fix: "set adopt: true in the workspaces section of the tenant's file to take it over, choose another name, or remove the template",
  });
}
