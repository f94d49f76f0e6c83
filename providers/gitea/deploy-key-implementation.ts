import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import {
  apiOf,
  hasStatus,
  listAll,
  named,
  path,
  refusalOf,
  repositoryPath,
  serverFrom,
  system,
  type Environment,
} from "./api.ts";

const inputs = z.strictObject({
  repository: z.string().regex(/^[^/]+\/[^/]+$/, "organization/name"),
  title: z.string().min(1),
  key: z
    .string()
    .regex(/^\S+ \S+/, "a public key as in a .pub file")
    .transform(withoutComment),
  readOnly: z.boolean().default(true),
});
const outputs = inputs.extend({ fingerprint: z.string() });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

const deployKey = z.object({
  id: z.int(),
  title: z.string(),
  key: z.string(),
  fingerprint: z.string(),
  read_only: z.boolean(),
});

type DeployKey = z.output<typeof deployKey>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<Inputs, Outputs> {
  const api = apiOf(serverFrom(environment));

  return {
    inputs,
    outputs,
    // Gitea has no call that changes one.
    replaceOn: ["repository", "title", "key", "readOnly"],

    async create(news) {
      const { thing } = await createOnce({ find: () => findOurs(api, news), make: () => make(api, news) });
      return { id: String(thing.id), outputs: { ...news, fingerprint: thing.fingerprint } };
    },

    async read(id, { repository }) {
      const found = await named(api, `${placeOf(repository)}/${path`${id}`}`, deployKey);
      return found && { repository, ...settingsOf(found), fingerprint: found.fingerprint };
    },

    update: (_id, { fingerprint }, news) => Promise.resolve({ ...news, fingerprint }),

    delete: (id, { repository }) => api.delete(`${placeOf(repository)}/${path`${id}`}`),
  };
}

/** The same key with the same title and rights does the same, whoever made it. */
async function findOurs(api: ApiClient, news: Inputs): Promise<DeployKey | undefined> {
  const { repository, title, key, readOnly } = news;
  const keys = await listAll(api, placeOf(repository), deployKey);
  const found = keys.find((each) => each.title === title || withoutComment(each.key) === key);
  if (found === undefined) return undefined;
  const now = settingsOf(found);
  if (now.title === title && now.key === key && now.readOnly === readOnly) return found;
  const what =
    now.key === key
      ? `the key ${title} is in ${repository} already, as ${found.title}${now.readOnly ? ", read-only" : ""}`
      : `another key is called ${title} in ${repository}`;
  throw new Failure("deploy-key-not-ours", what, {
    system,
    fix: "remove that one in the repository's settings, or choose another title or key",
  });
}

async function make(api: ApiClient, news: Inputs): Promise<DeployKey> {
  const { repository, title, key, readOnly } = news;
  try {
    return await api.post(placeOf(repository), { title, key, read_only: readOnly }, deployKey);
  } catch (error) {
    if (!hasStatus(error, 422)) throw error;
    const said = refusalOf(error) ?? "";
    const used = said.includes("non-deploy key");
    throw new Failure(
      used ? "deploy-key-in-use" : "deploy-key-refused",
      used
        ? `the key ${title} of ${repository} opens somebody's account, and Gitea takes a key for one or the other`
        : `the key ${title} of ${repository} is refused: ${said}`,
      { system, fix: "make a new pair of keys for this repository: ssh-keygen -t ed25519", cause: error },
    );
  }
}

function settingsOf({ title, key, read_only: readOnly }: DeployKey): Omit<Inputs, "repository"> {
  return { title, key: withoutComment(key), readOnly };
}

const placeOf = (repository: string): string => `${repositoryPath(repository)}/keys`;

function withoutComment(key: string): string {
  return key.trim().split(/\s+/).slice(0, 2).join(" ");
}
