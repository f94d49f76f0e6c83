import { styleText } from "node:util";
import type { Outputs } from "../fleet/read-outputs.ts";

/** What people look for first; the engine sorts by the alphabet. What isn't here comes after, in its own order. */
const order = [
  ...["tenant", "identity", "collaboration", "workspaces", "sourceControl", "crm", "database", "people"],
  ...[
    "id",
    "name",
    "host",
    "port",
    "username",
    "login",
    "oneTimePassword",
    "password",
    "clientId",
    "clientSecret",
  ],
  ...["url", "signIn", "clone", "cloneBySsh", "sentAt"],
];

/** The column that values begin in, unless a key is longer. */
const column = 28;

/** Prints access details as an outline: `key  value` lines under their headings. */
export function printAccess(outputs: Outputs, width = process.stdout.columns): void {
  for (const [index, [name, value]] of sorted(outputs).entries()) {
    if (index > 0) console.log();
    for (const line of lines(name, value, 0, width)) console.log(line);
  }
}

function lines(name: string, value: unknown, depth: number, width: number | undefined): string[] {
  const indent = "  ".repeat(depth);
  if (typeof value !== "object" || value === null) return leaf(`${indent}${name}`, String(value), width);
  const entries = sorted(value);
  if (entries.length === 0) return leaf(`${indent}${name}`, styleText("dim", "none"), width);
  return [
    `${indent}${styleText("bold", name)}`,
    ...entries.flatMap(([key, inner]) => lines(key, inner, depth + 1, width)),
  ];
}

/** A value that doesn't fit beside its key is on a line of its own, in one piece, so that it can be copied. */
function leaf(key: string, value: string, width: number | undefined): string[] {
  const line = `${key.padEnd(column)} ${value}`;
  return width === undefined || line.length <= width ? [line] : [key, `    ${value}`];
}

function sorted(group: object): [string, unknown][] {
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.entries(group).sort(([one], [other]) => place(one) - place(other));
}
