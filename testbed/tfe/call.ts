import { included, shown } from "./document.ts";
import { pageOf } from "./page.ts";
import type { Item, Store } from "./store.ts";

/** A call of the API. */
export interface Call {
  readonly store: Store;
  /** The parts of the path that a route names. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /api/v2, with `:names`. */
  readonly path: string;
  readonly answer: (call: Call) => Answer;
}

/** A part of the path. */
export const param = ({ params }: Call, name: string): string => params[name] ?? "";

export const done: Answer = { status: 204 };

/** Answers with one thing, and with what the query wants included. */
export function one(call: Call, item: Item, { status = 200, show = shown } = {}): Answer {
  const more = included(call.store, [item], includes(call));
  return { status, body: { data: show(item), ...(more.length > 0 && { included: more }) } };
}

/** Answers with the page of a list that the query asks for. */
export function many(call: Call, all: readonly Item[], show = shown): Answer {
  const { items, meta } = pageOf(all, call.query);
  const more = included(call.store, items, includes(call));
  return {
    status: 200,
    body: { data: items.map(show), meta, ...(more.length > 0 && { included: more }) },
  };
}

/** `include=effective_tag_bindings,project`: relationships are written with hyphens. */
function includes({ query }: Call): string[] {
  const names = (query.get("include") ?? "").split(",").filter((name) => name !== "");
  return names.map((name) => name.replaceAll("_", "-"));
}
