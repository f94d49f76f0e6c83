import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import type { PendingCreate } from "../system.ts";
import { listAll, path } from "./api.ts";

const owned = z.object({ organization: z.string(), name: z.string() });
const inputsOf = {
  variable: z.object({
    key: z.string(),
    category: z.string(),
    workspaceId: z.string().optional(),
    variableSetId: z.string().optional(),
  }),
  access: z.object({ teamId: z.string(), projectId: z.string() }),
  trigger: z.object({ workspaceId: z.string(), sourceableId: z.string() }),
};

const reference = z.object({ data: z.object({ id: z.string() }) });
const thing = z.object({
  id: z.string(),
  attributes: z.looseObject({
    name: z.string().optional(),
    key: z.string().optional(),
    category: z.string().optional(),
  }),
  relationships: z.looseObject({ team: reference.optional(), sourceable: reference.optional() }).optional(),
});
type Thing = z.output<typeof thing>;

type Finder = (api: ApiClient, inputs: PendingCreate["inputs"]) => Promise<string | undefined>;

/**
 * Finds what a killed `create` may have made, and returns the id that the state keeps for it; undefined when the server
 * has no such thing, or when creating it once more does no harm (a set is applied, not added). Names that Terraform Cloud
 * lets nobody else have tell what is ours: all of them begin with the tenant's id.
 */
export async function findTfeId(
  api: ApiClient,
  { type, inputs }: PendingCreate,
): Promise<string | undefined> {
  return await finders[type]?.(api, inputs);
}

const finders: Readonly<Record<string, Finder>> = {
  "tfe:index/project:Project": byName("projects", "filter[names]"),
  "tfe:index/workspace:Workspace": byName("workspaces", "search[name]"),
  "tfe:index/variableSet:VariableSet": byName("varsets", "q"),
  "tfe:index/team:Team": byName("teams", "filter[names]"),

  "tfe:index/variable:Variable": (api, inputs) => {
    const { key, category, workspaceId, variableSetId } = inputsOf.variable.parse(inputs);
    const place =
      workspaceId === undefined
        ? path`/varsets/${variableSetId ?? ""}/relationships/vars`
        : path`/workspaces/${workspaceId}/vars`;
    return find(api, place, ({ attributes: its }) => its.key === key && its.category === category);
  },

  "tfe:index/teamProjectAccess:TeamProjectAccess": (api, inputs) => {
    const { teamId, projectId } = inputsOf.access.parse(inputs);
    const place = `/team-projects?filter[project][id]=${encodeURIComponent(projectId)}`;
    return find(api, place, ({ relationships }) => relationships?.team?.data.id === teamId);
  },

  "tfe:index/runTrigger:RunTrigger": (api, inputs) => {
    const { workspaceId, sourceableId } = inputsOf.trigger.parse(inputs);
    const place = `${path`/workspaces/${workspaceId}/run-triggers`}?filter[run-trigger][type]=inbound`;
    return find(api, place, ({ relationships }) => relationships?.sourceable?.data.id === sourceableId);
  },
};

/** `filter`: the query that narrows a list to a name, or to those that hold it. */
function byName(kind: "projects" | "workspaces" | "varsets" | "teams", filter: string): Finder {
  return (api, inputs) => {
    const { organization, name } = owned.parse(inputs);
    const place = `${path`/organizations/${organization}/${kind}`}?${filter}=${encodeURIComponent(name)}`;
    return find(api, place, ({ attributes }) => attributes.name === name);
  };
}

async function find(
  api: ApiClient,
  place: string,
  is: (thing: Thing) => boolean,
): Promise<string | undefined> {
  return (await listAll(api, place, thing)).find(is)?.id;
}
