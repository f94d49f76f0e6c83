import type { StackUpdate } from "../fleet/overview/stack-knowledge.ts";
import { html, type Markup } from "./html.ts";

/** A time, given in ISO 8601, as people read it, in UTC. */
export function moment(at: string): Markup {
  const text = `${at.slice(0, 10)} ${at.slice(11, 16)}`;
  return html`<time datetime="${at}">${text}</time>`;
}

const verbs = [
  ["create", "created"],
  ["update", "updated"],
  ["replace", "replaced"],
  ["delete", "deleted"],
] as const;

/** What an update did: `3 created, 1 deleted`. */
export function changesOf({ changes }: StackUpdate): string {
  const parts = verbs.flatMap(([change, verb]) => (changes[change] ? `${changes[change]} ${verb}` : []));
  return parts.join(", ");
}

/** A value of a property, short enough to be read. */
export function valueText(value: unknown): string {
  if (value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
