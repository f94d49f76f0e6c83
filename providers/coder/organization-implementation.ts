import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { ApiFailure } from "../http/api-failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { markOf, tenantOf } from "../ownership.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { requireFeature } from "./feature.ts";
import { coderName, displayName } from "./names.ts";
import { coderApi, type Environment } from "./server.ts";

const system = "Coder";

const inputs = z.strictObject({
  /** In what is read, what the mark says; empty when it was taken away. */
  tenant: z.string(),
  name: coderName,
  displayName: displayName.optional(),
  description: z.string().trim().default(""),
  adopt: z.boolean().default(false),
});
// What somebody set by hand is in it too, so it takes more than the inputs do.
const outputs = inputs.extend({
  name: z.string(),
  displayName: z.string().optional(),
  description: z.string(),
});

const organization = z.object({
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  description: z.string(),
});

export type OrganizationInputs = z.output<typeof inputs>;
type Organization = z.output<typeof organization>;

/** Makes the implementation with the administrator's credentials from an environment. */
export function configure(environment: Environment): Implementation<OrganizationInputs, OrganizationInputs> {
  return {
    inputs,
    outputs,
    replaceOn: [],

    create: async (news) => {
      const api = coderApi(environment);
      await requireFeature(api, "organizations");
      const { thing: found } = await createOnce({
        find: () => findOurs(api, news),
        make: () => api.post("/organizations", fieldsOf(news), organization),
      });
      await settle(api, found, news);
      return { id: found.id, outputs: news };
    },

    read: async (id, state) => {
      const found = await at(coderApi(environment), id);
      if (!found) return undefined;
      const isDefault = state.displayName === undefined && found.display_name === found.name;
      return {
        ...state,
        ...marked(found.description),
        name: found.name,
        displayName: isDefault ? undefined : found.display_name,
      };
    },

    update: async (id, _olds, news) => {
      const api = coderApi(environment);
      const found = await at(api, id);
      if (!found) throw removedByHand(system, "organization", news.name);
      await settle(api, found, news);
      return news;
    },

    delete: async (id, { name }) => {
      try {
        await coderApi(environment).delete(`/organizations/${id}`);
      } catch (error) {
        // The server has no other status for it.
        if (!(error instanceof ApiFailure && error.status === 500 && error.message.includes("deleted first")))
          throw error;
        throw new Failure("organization-in-use", `organization ${name} is in use: ${error.message}`, {
          system,
          fix: "remove what is in it that this tenant did not make, then run it again",
          cause: error,
        });
      }
    },
  };
}

function at(api: ApiClient, nameOrId: string): Promise<Organization | undefined> {
  return api.get(`/organizations/${nameOrId}`, organization);
}

async function findOurs(api: ApiClient, news: OrganizationInputs): Promise<Organization | undefined> {
  const found = await at(api, news.name);
  if (!found || news.adopt || marked(found.description).tenant === news.tenant) return found;
  throw new Failure(
    "organization-not-ours",
    `an organization ${news.name} exists that this tenant did not make`,
    {
      system,
      fix: "set adopt: true in the workspaces section of the tenant's file to take it over, choose another name, or remove the organization",
    },
  );
}

async function settle(api: ApiClient, found: Organization, news: OrganizationInputs): Promise<void> {
  const wanted = fieldsOf(news);
  if (isDeepStrictEqual({ ...found, ...wanted }, found)) return;
  await api.patch(`/organizations/${found.id}`, wanted, z.unknown());
}

/** The fields in the server's words. The description is the one place for a mark. */
function fieldsOf(news: OrganizationInputs): Omit<Organization, "id"> {
  return {
    name: news.name,
    display_name: news.displayName ?? news.name,
    description: `${news.description} [${markOf(news.tenant)}]`.trim(),
  };
}

function marked(text: string): { readonly tenant: string; readonly description: string } {
  const { description = text, mark = "" } =
    /^(?<description>.*?) ?\[(?<mark>[^\]]+)\]$/s.exec(text)?.groups ?? {};
  const tenant = tenantOf(mark);
  return tenant === undefined ? { tenant: "", description: text } : { tenant, description };
}
