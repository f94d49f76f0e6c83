import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import type { Implementation } from "../implementation.ts";
import {
  apiOf,
  serverFrom,
  system,
  unlessRefused,
  withMeanings,
  type Environment,
  type Meanings,
} from "./api.ts";

const inputs = z.strictObject({
  channel: z.string().min(1),
  user: z.string().min(1),
  role: z.enum(["member", "admin"]).default("member"),
  enabled: z.boolean().default(true),
});

export type ChannelMemberInputs = z.output<typeof inputs>;

const member = z.object({ scheme_admin: z.boolean() });

/** Makes the implementation with the administrator's token from an environment. */
export function configure(
  environment: Environment,
): Implementation<ChannelMemberInputs, ChannelMemberInputs> {
  const api = apiOf(serverFrom(environment));

  return {
    inputs,
    outputs: inputs,
    replaceOn: ["channel", "user"],

    create: async (news) => ({ id: `${news.channel}/${news.user}`, outputs: await settle(api, news) }),

    async read(_id, state) {
      const found = await api.get(`/channels/${state.channel}/members/${state.user}`, member);
      if (found === undefined) return state.enabled ? undefined : state;
      return { ...state, role: found.scheme_admin ? "admin" : "member" };
    },

    update: (_id, _olds, news) => settle(api, news),

    delete: (_id, { channel, user }) =>
      unlessRefused(
        api.delete(`/channels/${channel}/members/${user}`),
        // Nobody leaves the channel that everybody of a team is in but by leaving the team.
        "api.channel.remove.default.app_error",
      ),
  };
}

/** Adding who is in changes nothing. */
async function settle(api: ApiClient, news: ChannelMemberInputs): Promise<ChannelMemberInputs> {
  const { channel, user, role, enabled } = news;
  if (!enabled) return news;
  const path = `/channels/${channel}/members`;
  const { scheme_admin: admin } = await withMeanings(refusals, () =>
    api.post(path, { user_id: user }, member, { repeatable: true }),
  );
  if (admin !== (role === "admin")) {
    const roles = { scheme_admin: role === "admin", scheme_user: true };
    await api.put(`${path}/${user}/schemeRoles`, roles, z.unknown());
  }
  return news;
}

const refusals: Meanings = {
  "app.channel.add_member.deleted_user.app_error": () =>
    new Failure("user-disabled", "nobody can be added to a channel whose account is off", {
      system,
      fix: "run it with --refresh: somebody switched the account off by hand",
    }),
  "api.channel.add_user.to.channel.failed.deleted.app_error": notInTeam,
  "app.team.get_member.missing.app_error": notInTeam,
};

function notInTeam(): Failure {
  return new Failure("user-not-in-team", "nobody can be added to a channel who is not in its team", {
    system,
    fix: "run it with --refresh: somebody removed them from the team by hand",
  });
}
