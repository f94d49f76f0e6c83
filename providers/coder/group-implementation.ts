import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { requireFeature } from "./feature.ts";
import { coderName, displayName, sorted } from "./names.ts";
import { organizationId } from "./organization-id.ts";
import { coderApi, type Environment } from "./server.ts";

const system = "Coder";

const inputs = z.strictObject({
  tenant: z.string().min(1),
  name: coderName.max(255),
  displayName: displayName.default(""),
  members: z.array(z.string()).transform(sorted),
  organization: z.string().min(1).optional(),
  adopt: z.boolean().default(false),
});
// What somebody set by hand is in it too, so it takes more than the inputs do.
const outputs = inputs.extend({ name: z.string(), displayName: z.string() });

const group = z.object({
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  members: z.array(z.object({ id: z.string() })).nullable(),
});

export type GroupInputs = z.output<typeof inputs>;
type Group = z.output<typeof group>;

/** Makes the implementation with the administrator's credentials from an environment. */
export function configure(environment: Environment): Implementation<GroupInputs, GroupInputs> {
  return {
    inputs,
    outputs,
    replaceOn: ["organization"],

    create: async (news) => {
      const api = coderApi(environment);
      await requireFeature(api, "groups");
      const organization = await organizationId(api, news.organization);
      const groups = `/organizations/${organization}/groups`;
      const body = { name: news.name, display_name: news.displayName };
      const { thing: found } = await createOnce({
        find: (tried) => findOurs(api, `${groups}/${news.name}`, news, tried),
        make: () => api.post(groups, body, group),
      });
      await settle(api, found, news);
      return { id: found.id, outputs: news };
    },

    read: async (id, state) => {
      const found = await coderApi(environment).get(`/groups/${id}`, group);
      return (
        found && { ...state, name: found.name, displayName: found.display_name, members: membersOf(found) }
      );
    },

    update: async (id, _olds, news) => {
      const api = coderApi(environment);
      const found = await api.get(`/groups/${id}`, group);
      if (!found) throw removedByHand(system, "group", news.name);
      await settle(api, found, news);
      return news;
    },

    delete: (id) => coderApi(environment).delete(`/groups/${id}`),
  };
}

/**
 * The group of that name, if it may be taken. Nothing can be noted on a group: ours has the declared display name, and no
 * members yet or the declared ones. `tried`: this very run may have made it.
 */
async function findOurs(
  api: ApiClient,
  path: string,
  news: GroupInputs,
  tried: boolean,
): Promise<Group | undefined> {
  const found = await api.get(path, group);
  if (!found || news.adopt) return found;
  const members = membersOf(found);
  const isOurs = members.length === 0 || (!tried && isDeepStrictEqual(members, news.members));
  if (isOurs && found.display_name === news.displayName) return found;
  throw new Failure("group-not-ours", `a group ${news.name} exists that this tenant did not make`, {
    system,
    fix: "set adopt: true in the workspaces section of the tenant's file to take it over, choose another name, or remove the group",
  });
}

/** Brings the group to its inputs in one call, which does the same when it is sent twice. */
async function settle(api: ApiClient, found: Group, news: GroupInputs): Promise<void> {
  const members = membersOf(found);
  const add = news.members.filter((id) => !members.includes(id));
  const remove = members.filter((id) => !news.members.includes(id));
  const isNamed = found.name === news.name && found.display_name === news.displayName;
  if (isNamed && add.length + remove.length === 0) return;
  const body = {
    name: news.name,
    display_name: news.displayName,
    add_users: add,
    remove_users: remove,
  };
  await api.patch(`/groups/${found.id}`, body, z.unknown());
}

const membersOf = ({ members }: Group): string[] => sorted(members?.map(({ id }) => id) ?? []);
