import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import type { Implementation } from "../implementation.ts";
import { apiOf, serverFrom, unlessRefused, type Environment } from "./api.ts";

const inputs = z.strictObject({
  team: z.string().min(1),
  user: z.string().min(1),
  role: z.enum(["member", "admin"]).default("member"),
});

export type TeamMemberInputs = z.output<typeof inputs>;

/** Who has left is still listed, with the time. */
const member = z.object({ scheme_admin: z.boolean(), delete_at: z.number() });

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<TeamMemberInputs, TeamMemberInputs> {
  const api = apiOf(serverFrom(environment));

  return {
    inputs,
    outputs: inputs,
    replaceOn: ["team", "user"],

    create: async (news) => ({ id: `${news.team}/${news.user}`, outputs: await settle(api, news) }),

    async read(_id, { team, user }) {
      const found = await api.get(`/teams/${team}/members/${user}`, member);
      if (found?.delete_at !== 0) return undefined;
      return { team, user, role: found.scheme_admin ? "admin" : "member" };
    },

    update: (_id, _olds, news) => settle(api, news),

    delete: (_id, { team, user }) =>
      unlessRefused(
        api.delete(`/teams/${team}/members/${user}`),
        "api.team.remove_user_from_team.missing.app_error",
      ),
  };
}

/** Adding who is in changes nothing. */
async function settle(api: ApiClient, news: TeamMemberInputs): Promise<TeamMemberInputs> {
  const path = `/teams/${news.team}/members`;
  const body = { team_id: news.team, user_id: news.user };
  const { scheme_admin: admin } = await api.post(path, body, member, { repeatable: true });
  if (admin !== (news.role === "admin")) {
    const roles = { scheme_admin: news.role === "admin", scheme_user: true };
    await api.put(`${path}/${news.user}/schemeRoles`, roles, z.unknown());
  }
  return news;
}
