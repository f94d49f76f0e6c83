import { asksForDeleted, testOf, type Filter } from "./condition.ts";
import { Refusal } from "./refusal.ts";
import type { Row } from "./workspace.ts";

/** A part of a list, and where it is in it. */
export interface Page {
  readonly rows: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
}

/** The rows that meet a filter, by id, `limit` of them after the one that the cursor names. */
export function pageOf(all: readonly Row[], filter: Filter, limit: number, after: string | undefined): Page {
  const test = testOf(filter);
  const deletedToo = asksForDeleted(filter);
  const found = all
    .filter((row) => (deletedToo || row.deletedAt === null) && test(row))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const last = after === undefined ? undefined : idOf(after);
  const rest = last === undefined ? found : found.filter(({ id }) => id > last);
  const rows = rest.slice(0, limit);
  const [first, end] = [rows[0], rows.at(-1)];
  return {
    rows,
    totalCount: found.length,
    pageInfo: {
      hasNextPage: rest.length > rows.length,
      hasPreviousPage: rest.length < found.length,
      startCursor: first ? cursorOf(first) : null,
      endCursor: end ? cursorOf(end) : null,
    },
  };
}

export function cursorOf({ id }: Row): string {
  return Buffer.from(JSON.stringify({ id })).toString("base64");
}

function idOf(cursor: string): string {
  const [, id] = /^\{"id":"([0-9a-f-]{36})"\}$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
  if (id === undefined) throw new Refusal(400, `Invalid cursor: ${cursor}`);
  return id;
}
