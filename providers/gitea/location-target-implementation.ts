import { z } from "zod";
import { hasTarget, withoutTarget, withTarget } from "../../catalog/root-location.ts";
import type { Implementation } from "../implementation.ts";
import type { Environment } from "./api.ts";
import { filePlace, RepositoryFiles } from "./repository-files.ts";

const inputs = filePlace.extend({ target: z.string().min(1) });

type Inputs = z.output<typeof inputs>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<Inputs, Inputs> {
  const files = new RepositoryFiles(environment);
  const add = (news: Inputs): Promise<string> =>
    files.write(news, (present) => withTarget(present, news.target));

  return {
    inputs,
    outputs: inputs,
    replaceOn: ["repository", "path", "branch", "target"],

    async create(news) {
      await add(news);
      return { id: `${news.repository}/${news.path} ${news.target}`, outputs: news };
    },

    async read(_id, state) {
      const found = await files.read(state);
      return found && hasTarget(found.text, state.target) ? state : undefined;
    },

    async update(_id, _olds, news) {
      await add(news);
      return news;
    },

    async delete(_id, state) {
      await files.remove(state, (present) => withoutTarget(present, state.target));
    },
  };
}
