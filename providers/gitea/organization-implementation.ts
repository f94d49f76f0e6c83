import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { requireOurs } from "../ownership.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { apiOf, listAll, named, path, refusalOf, serverFrom, system, type Environment } from "./api.ts";

const inputs = z.strictObject({
  name: z.string().min(1),
  fullName: z.string(),
  description: z.string().default(""),
  visibility: z.enum(["private", "limited", "public"]).default("private"),
  adopt: z.boolean().default(false),
  /** In the organization's location. */
  mark: z.string().max(50),
});
/** `number`: the server's id. Another organization of the same name has another. */
const outputs = inputs.extend({ number: z.int() });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

const organization = z.object({
  id: z.int(),
  name: z.string(),
  full_name: z.string(),
  description: z.string(),
  visibility: z.enum(["private", "limited", "public"]),
  location: z.string(),
});

type Organization = z.output<typeof organization>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<Inputs, Outputs> {
  const api = apiOf(serverFrom(environment));
  const find = (name: string): Promise<Organization | undefined> =>
    named(api, path`/orgs/${name}`, organization);

  return {
    inputs,
    outputs,
    replaceOn: ["name"],

    async create(news) {
      const { thing, isNew } = await createOnce({
        find: async () => {
          const found = await find(news.name);
          if (found) requireOurs({ ...news, system, thing: "organization", found: found.location });
          return found;
        },
        make: () => make(api, news),
      });
      if (!isNew) await api.patch(path`/orgs/${news.name}`, bodyOf(news), organization);
      return { id: news.name, outputs: { ...news, number: thing.id } };
    },

    async read(_id, state) {
      const found = await find(state.name);
      if (found?.id !== state.number) return undefined;
      return {
        name: state.name,
        fullName: found.full_name,
        description: found.description,
        visibility: found.visibility,
        adopt: state.adopt,
        mark: found.location,
        number: found.id,
      };
    },

    async update(_id, olds, news) {
      const found = await find(news.name);
      if (found?.id !== olds.number) throw removedByHand(system, "organization", news.name);
      await api.patch(path`/orgs/${news.name}`, bodyOf(news), organization);
      return { ...news, number: found.id };
    },

    async delete(_id, { name, number }) {
      const found = await find(name);
      // Gone, or another one that somebody made in its place.
      if (found?.id !== number) return;
      await requireEmpty(api, name);
      await api.delete(path`/orgs/${name}`);
    },
  };
}

async function make(api: ApiClient, news: Inputs): Promise<Organization> {
  try {
    return await api.post("/orgs", { username: news.name, ...bodyOf(news) }, organization);
  } catch (error) {
    if (refusalOf(error)?.startsWith("user already exists") !== true) throw error;
    // Made between our look and our call; or it is an account's name, which is no organization for the next look.
    throw new ApiFailure("conflict", `an account or organization ${news.name} exists already`, {
      system,
      fix: "choose another name",
      cause: error,
    });
  }
}

function bodyOf({ fullName, description, visibility, mark }: Inputs): object {
  return { full_name: fullName, description, visibility, location: mark };
}

/** The server only says that it can't. */
async function requireEmpty(api: ApiClient, name: string): Promise<void> {
  const repositories = await listAll(api, path`/orgs/${name}/repos`, z.object({ name: z.string() }));
  const packages = await listAll(
    api,
    path`/packages/${name}`,
    z.object({ name: z.string(), type: z.string() }),
  );
  const left = [
    ...repositories.map((each) => `repository ${each.name}`),
    ...packages.map((each) => `${each.type} package ${each.name}`),
  ];
  if (left.length === 0) return;
  throw new Failure("organization-not-empty", `the organization ${name} still has ${left.join(", ")}`, {
    system,
    fix: "transfer or delete them, then run it again",
  });
}
