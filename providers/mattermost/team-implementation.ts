import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { requireOurs } from "../ownership.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { apiOf, makeNamed, refusalId, serverFrom, system, withMeanings, type Environment } from "./api.ts";

/** What no team's name may begin with (reservedName in the server's model). */
const reserved =
  "admin api boards channel claim error files help landing login mfa oauth playbooks plug post signup".split(
    " ",
  );

const inputs = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/, "2 to 64 of a-z, 0-9 and -, neither end a -")
    .refine((name) => !reserved.some((word) => name.startsWith(word)), {
      error: `no name that begins with what Mattermost keeps for itself: ${reserved.join(", ")}`,
    }),
  displayName: z.string().min(1).max(64),
  description: z.string().max(255).default(""),
  adopt: z.boolean().default(false),
  /** In the team's company name, which no client shows. */
  mark: z.string().max(64),
  /** Off. In what is read, whether somebody let anybody join. */
  openInvite: z.boolean().default(false),
});

export type TeamInputs = z.output<typeof inputs>;

const team = z.object({
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  description: z.string(),
  company_name: z.string(),
  type: z.enum(["O", "I"]),
  allow_open_invite: z.boolean(),
  delete_at: z.number(),
});

type Team = z.output<typeof team>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<TeamInputs, TeamInputs> {
  const api = apiOf(serverFrom(environment));
  const read = (id: string): Promise<Team | undefined> => api.get(`/teams/${id}`, team);

  return {
    inputs,
    outputs: inputs,
    replaceOn: [],

    // A new team in the old one's place would lose what was written there.
    check: ({ name }, news) =>
      typeof name !== "string" || name === news.name
        ? []
        : [{ property: "name", reason: `Mattermost can't rename a team: keep ${name}` }],

    async create(news) {
      const { thing: found } = await withMeanings({ [taken]: () => exists(news) }, () =>
        createOnce({ find: () => findOurs(api, news), make: () => make(api, news) }),
      );
      await settle(api, found, news);
      return { id: found.id, outputs: news };
    },

    async read(id, state) {
      const found = await read(id);
      return found?.delete_at === 0 ? asFound(found, state) : undefined;
    },

    async update(id, _olds, news) {
      const found = await read(id);
      if (found === undefined) throw removedByHand(system, "team", news.name);
      await settle(api, found, news);
      return news;
    },

    async delete(id) {
      try {
        await api.delete(`/teams/${id}?permanent=true`);
      } catch (error) {
        if (refusalId(error) !== "api.user.delete_team.not_enabled.app_error") throw error;
        await api.delete(`/teams/${id}`);
      }
    },
  };
}

async function findOurs(api: ApiClient, { name, mark, adopt }: TeamInputs): Promise<Team | undefined> {
  const found = await api.get(`/teams/name/${name}`, team);
  if (found !== undefined)
    requireOurs({ system, thing: "team", name, found: found.company_name, mark, adopt });
  return found;
}

/** What the server says about a name that another team has. */
const taken = "store.sql_team.save_team.existing.app_error";

function exists({ name }: TeamInputs): Failure {
  return new Failure("team-exists", `a team ${name} exists already`, { system, fix: "choose another name" });
}

function make(api: ApiClient, news: TeamInputs): Promise<Team> {
  return makeNamed([taken], () => api.post("/teams", { name: news.name, type: "I", ...patchOf(news) }, team));
}

async function settle(api: ApiClient, found: Team, news: TeamInputs): Promise<void> {
  const path = `/teams/${found.id}`;
  if (found.delete_at !== 0) await api.post(`${path}/restore`, {}, team, { repeatable: true });
  const now = asFound(found, news);
  if (now.openInvite) await api.put(`${path}/privacy`, { privacy: "I" }, team);
  const same =
    now.displayName === news.displayName && now.description === news.description && now.mark === news.mark;
  if (!same) await api.put(`${path}/patch`, patchOf(news), team);
}

function patchOf({ displayName, description, mark }: TeamInputs): object {
  return { display_name: displayName, description, company_name: mark };
}

function asFound(found: Team, { adopt }: TeamInputs): TeamInputs {
  return {
    name: found.name,
    displayName: found.display_name,
    description: found.description,
    adopt,
    mark: found.company_name,
    openInvite: found.allow_open_invite || found.type === "O",
  };
}
