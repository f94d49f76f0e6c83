import { parseAllDocuments } from "yaml";
import { z } from "zod";

const texts = z.record(z.string(), z.string()).catch({}).prefault({});
const text = z.string().optional().catch(undefined);

/** A Backstage entity, as far as discovery looks at one (https://backstage.io/docs/features/software-catalog/descriptor-format). */
const entity = z.object({
  apiVersion: z.string().startsWith("backstage.io/").or(z.string().startsWith("scaffolder.backstage.io/")),
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    title: text,
    description: text,
    labels: texts,
    annotations: texts,
    tags: z.array(z.string()).catch([]).prefault([]),
  }),
  spec: z
    .object({
      type: text,
      owner: text,
      profile: z.object({ displayName: text, email: text }).catch({}).prefault({}),
    })
    .catch({ profile: {} })
    .prefault({}),
});

export type CatalogEntity = z.output<typeof entity>;

/** The longest file that is parsed, in characters. */
const longest = 500_000;

/** The entities of a `catalog-info.yaml`, which may hold several. What isn't YAML, or is no entity, is passed over. */
export function catalogEntities(source: string): readonly CatalogEntity[] {
  if (source.length > longest) return [];
  return [parseAllDocuments(source, { logLevel: "silent" })].flat().flatMap((document) => {
    if (!("errors" in document) || document.errors.length > 0) return [];
    const { data } = entity.safeParse(valueOf(document));
    return data === undefined ? [] : [data];
  });
}

/** A document's value; none when its aliases would make it huge. */
function valueOf(document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}
