import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import type { Implementation } from "../implementation.ts";
import { apiOf, hasStatus, named, path, serverFrom, system, type Environment } from "./api.ts";

const inputs = z.strictObject({ team: z.string().min(1), username: z.string().min(1) });

type Inputs = z.output<typeof inputs>;

const member = z.object({ login: z.string() });

const pathOf = ({ team, username }: Inputs): string => path`/teams/${team}/members/${username}`;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<Inputs, Inputs> {
  const api = apiOf(serverFrom(environment));

  return {
    inputs,
    outputs: inputs,
    replaceOn: ["team", "username"],

    async create(news) {
      await add(api, news);
      return { id: `${news.team}/${news.username}`, outputs: news };
    },

    read: async (_id, state) => ((await named(api, pathOf(state), member)) ? state : undefined),

    async update(_id, _olds, news) {
      await add(api, news);
      return news;
    },

    delete: (_id, state) => api.delete(pathOf(state)),
  };
}

/** Adding who is in changes nothing. */
async function add(api: ApiClient, news: Inputs): Promise<void> {
  try {
    await api.put(pathOf(news), {}, z.unknown());
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    throw new Failure(
      "member-missing",
      `no team ${news.team}, or no account ${news.username}, to put into it`,
      {
        system,
        fix: "run it with --refresh to have what was removed by hand made again",
        cause: error,
      },
    );
  }
}
