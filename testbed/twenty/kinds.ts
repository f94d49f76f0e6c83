import { actor, emails, fullName, id, links, number, text, type Field } from "./fields.ts";
import type { Table } from "./workspace.ts";

/** A kind of record that Twenty has from the start. */
export interface Kind {
  readonly table: Table;
  /** `person`, and `Person` in `createPerson`. */
  readonly one: string;
  /** What a client may write. */
  readonly fields: Readonly<Record<string, Field>>;
  /** The field, and its part, that no two records have the same, the deleted ones counted. */
  readonly unique: readonly [field: string, part: string];
}

const common = { id, position: number, createdBy: actor };

export const people: Kind = {
  table: "people",
  one: "person",
  fields: {
    ...common,
    name: fullName,
    emails,
    jobTitle: text,
    city: text,
    avatarUrl: text,
    linkedinLink: links,
    xLink: links,
    companyId: id,
  },
  unique: ["emails", "primaryEmail"],
};

export const companies: Kind = {
  table: "companies",
  one: "company",
  fields: {
    ...common,
    name: text,
    domainName: links,
    employees: number,
    linkedinLink: links,
    xLink: links,
    accountOwnerId: id,
  },
  unique: ["domainName", "primaryLinkUrl"],
};

export const kinds: readonly Kind[] = [people, companies];

/** `Person` of `person`. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
