import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { notFound } from "./refusal.ts";

const reference = z.object({ type: z.string(), id: z.string() });
/** Names another thing, as JSON:API does. */
export type Reference = z.output<typeof reference>;

const item = z.object({
  type: z.string(),
  id: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  relationships: z.record(z.string(), z.union([reference, z.array(reference), z.null()])),
});
/** Anything that Terraform Cloud keeps. */
export type Item = z.output<typeof item>;

/** What an id of each type begins with. */
const prefixes: Readonly<Record<string, string>> = {
  projects: "prj",
  workspaces: "ws",
  vars: "var",
  varsets: "varset",
  teams: "team",
  "team-projects": "tprj",
  "notification-configurations": "nc",
  "run-triggers": "rt",
  "state-versions": "sv",
  "state-version-outputs": "wsout",
  "oauth-clients": "oc",
  "oauth-tokens": "ot",
  tags: "tag",
};

/** What the stand-in keeps, in a file that every change writes anew: it survives the process. */
export class Store {
  readonly #file: string;
  readonly #items: Map<string, Item>;

  constructor(file: string) {
    this.#file = file;
    const kept = existsSync(file) ? z.array(item).parse(JSON.parse(readFileSync(file, "utf8"))) : [];
    this.#items = new Map(kept.map((each) => [each.id, each]));
  }

  /** Everything of a type, the oldest first. */
  all(type: string): Item[] {
    return [...this.#items.values()].filter((each) => each.type === type);
  }

  /** Those of a type whose relationship `name` is, or holds, the thing with an id. */
  related(type: string, name: string, id: string): Item[] {
    return this.all(type).filter((each) => idsOf(each, name).includes(id));
  }

  /** Throws a {@link Refusal} 404. */
  get(type: string, id: string): Item {
    const found = this.#items.get(id);
    if (found?.type !== type) throw notFound();
    return found;
  }

  /** Adds an item, or takes the place of the one with its id. */
  put(item: Item): Item {
    this.#items.set(item.id, item);
    this.#save();
    return item;
  }

  /** Removes an item and everything that belongs to it. */
  drop(id: string, ...belongings: readonly string[]): void {
    for (const each of this.#items.values()) {
      if (belongings.some((name) => idsOf(each, name).includes(id))) this.#items.delete(each.id);
    }
    this.#items.delete(id);
    this.#save();
  }

  #save(): void {
    const text = `${JSON.stringify([...this.#items.values()], undefined, 1)}\n`;
    writeFileSync(`${this.#file}.new`, text, { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** The ids that a relationship of an item names. */
export function idsOf({ relationships }: Item, name: string): string[] {
  const related = relationships[name] ?? [];
  return (Array.isArray(related) ? related : [related]).map(({ id }) => id);
}

/** A new id as Terraform Cloud's: `ws-` and 16 letters and digits. */
export function newId(type: string): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";
  const random = [...randomBytes(16)].map((byte) => letters[byte % letters.length]);
  return `${prefixes[type] ?? type}-${random.join("")}`;
}
