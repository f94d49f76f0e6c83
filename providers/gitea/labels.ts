import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import { listAll } from "./api.ts";

const label = z.strictObject({
  name: z.string().min(1),
  color: z
    .string()
    .regex(/^#?[0-9a-f]{6}$/i, "six hexadecimal digits")
    .transform((color) => color.replace("#", "").toLowerCase()),
  description: z.string().default(""),
});

export type Label = z.output<typeof label>;

const byName = (one: Label, other: Label): number => (one.name < other.name ? -1 : 1);

/** Every label of a repository, by name. */
export const labels = z.array(label).transform((all) => [...all].sort(byName));

const onServer = z.object({ id: z.int(), name: z.string(), color: z.string(), description: z.string() });

type OnServer = z.output<typeof onServer>;

/** @param repository the path of the repository's calls */
export async function readLabels(api: ApiClient, repository: string): Promise<Label[]> {
  return (await list(api, repository)).map(asLabel).sort(byName);
}

/** Makes, changes and removes labels until they are the wanted ones. */
export async function writeLabels(
  api: ApiClient,
  repository: string,
  wanted: readonly Label[],
): Promise<void> {
  const kept = new Set<number>();
  for (const each of wanted) kept.add(await writeLabel(api, repository, each));
  for (const { id } of await list(api, repository)) {
    // Gitea lets a name be there twice.
    if (!kept.has(id)) await api.delete(`${repository}/labels/${id}`);
  }
}

async function writeLabel(api: ApiClient, repository: string, wanted: Label): Promise<number> {
  const { thing: found, isNew } = await createOnce({
    find: async () => (await list(api, repository)).find(({ name }) => name === wanted.name),
    make: () => api.post(`${repository}/labels`, wanted, onServer),
  });
  if (isNew) return found.id;
  const { color, description } = asLabel(found);
  if (color !== wanted.color || description !== wanted.description) {
    await api.patch(`${repository}/labels/${found.id}`, wanted, onServer);
  }
  return found.id;
}

const list = (api: ApiClient, repository: string): Promise<OnServer[]> =>
  listAll(api, `${repository}/labels`, onServer);

const asLabel = ({ name, color, description }: OnServer): Label => ({
  name,
  color: color.replace("#", "").toLowerCase(),
  description,
});
