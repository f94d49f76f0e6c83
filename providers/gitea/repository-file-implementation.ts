import { z } from "zod";
import type { Implementation } from "../implementation.ts";
import type { Environment } from "./api.ts";
import { filePlace, RepositoryFiles } from "./repository-files.ts";

const inputs = filePlace.extend({ content: z.string(), message: z.string().optional() });
const outputs = inputs.extend({ sha: z.string() });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<Inputs, Outputs> {
  const files = new RepositoryFiles(environment);
  const write = (news: Inputs): Promise<string> => files.write(news, () => news.content);

  return {
    inputs,
    outputs,
    replaceOn: ["repository", "path", "branch"],

    async create(news) {
      const { repository, path, branch } = news;
      const sha = await write(news);
      const id = `${repository}/${path}${branch === undefined ? "" : `?${branch}`}`;
      return { id, outputs: { ...news, sha } };
    },

    async read(_id, state) {
      const found = await files.read(state);
      return found && { ...state, content: found.text, sha: found.sha };
    },

    async update(_id, _olds, news) {
      return { ...news, sha: await write(news) };
    },

    async delete(_id, state) {
      await files.remove(state);
    },
  };
}
