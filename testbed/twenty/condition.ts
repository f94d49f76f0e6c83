import { z } from "zod";
import { notTaught, Refusal } from "./refusal.ts";

/** A filter as GraphQL takes it: `{ emails: { primaryEmail: { eq: "…" } } }`, with `and`, `or` and `not`. */
export type Filter = Readonly<Record<string, unknown>>;
type Test = (row: Readonly<Record<string, unknown>>) => boolean;

const filter = z.record(z.string(), z.unknown());
const comparators: Readonly<Record<string, (value: unknown, wanted: unknown) => boolean>> = {
  eq: (value, wanted) => String(value) === String(wanted),
  neq: (value, wanted) => String(value) !== String(wanted),
  in: (value, wanted) => z.array(z.unknown()).parse(wanted).map(String).includes(String(value)),
  is: (value, wanted) => (value === null) === (String(wanted) === "NULL"),
  gt: (value, wanted) => Number(value) > Number(wanted),
  gte: (value, wanted) => Number(value) >= Number(wanted),
  lt: (value, wanted) => Number(value) < Number(wanted),
  lte: (value, wanted) => Number(value) <= Number(wanted),
  startsWith: (value, wanted) => String(value).startsWith(String(wanted)),
  endsWith: (value, wanted) => String(value).endsWith(String(wanted)),
  like: (value, wanted) => like(String(wanted)).test(String(value)),
  ilike: (value, wanted) => like(String(wanted).toLowerCase()).test(String(value).toLowerCase()),
};

/** Whether a record meets a filter. */
export function testOf(given: Filter): Test {
  const tests = Object.entries(given).map(([key, value]): Test => {
    if (key === "and" || key === "or") {
      const parts = z.array(filter).parse(value).map(testOf);
      return (row) => (key === "and" ? parts.every((part) => part(row)) : parts.some((part) => part(row)));
    }
    if (key === "not") {
      const part = testOf(filter.parse(value));
      return (row) => !part(row);
    }
    return fieldTest([key], filter.parse(value));
  });
  return (row) => tests.every((test) => test(row));
}

/** Deleted records are seen only by who asks for `deletedAt`. */
export function asksForDeleted(given: unknown): boolean {
  if (Array.isArray(given)) return given.some(asksForDeleted);
  if (typeof given !== "object" || given === null) return false;
  return Object.entries(given).some(([key, value]) => key === "deletedAt" || asksForDeleted(value));
}

/** Reads REST's filter: `and(name[eq]:"Acme, Inc.",deletedAt[is]:NOT_NULL)`; a list without a word means `and`. */
export function parseFilter(text: string): Filter {
  const opened = text.split("(").length - text.split(")").length;
  if (opened !== 0)
    throw new Refusal(400, `'filter' invalid. ${Math.abs(opened)} bracket missing in the query`);
  const conjunction = /^(and|or|not)\((.+)\)$/s.exec(text);
  const [, word = "and", inner = text] = conjunction ?? [];
  const parts = split(inner);
  if (conjunction === null && parts.length === 1) return baseFilter(text);
  const filters = parts.map(parseFilter);
  return { [word]: word === "not" ? filters[0] : filters };
}

function baseFilter(text: string): Filter {
  const [, fields, comparator, raw] = /^(.+?)\[(.+?)\]:(.+)$/s.exec(text) ?? [];
  if (fields === undefined || comparator === undefined || raw === undefined) {
    throw new Refusal(400, `'filter' invalid for '${text}'. eg: price[gte]:10`);
  }
  const value = comparator === "in" ? raw.slice(1, -1).split(",").map(unquoted) : unquoted(raw);
  return fields
    .split(".")
    .reduceRight<Filter>((inside, field) => ({ [field]: inside }), { [comparator]: value });
}

function fieldTest(path: readonly string[], given: Filter): Test {
  const tests = Object.entries(given).map(([key, value]): Test => {
    const compare = comparators[key];
    if (compare !== undefined) return (row) => compare(valueAt(row, path), value);
    const inside = filter.safeParse(value);
    if (inside.success) return fieldTest([...path, key], inside.data);
    throw notTaught(`the comparator ${key}`);
  });
  return (row) => tests.every((test) => test(row));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => filter.safeParse(at).data?.[key] ?? null, value);
}

/** Splits at the commas that are in no brackets and no quotes. */
function split(text: string): string[] {
  const parts: string[] = [];
  let [part, depth, quoted] = ["", 0, false];
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && /[([]/.test(character)) depth += 1;
    if (!quoted && /[)\]]/.test(character)) depth -= 1;
    if (character === "," && depth === 0 && !quoted) {
      parts.push(part);
      part = "";
    } else {
      part += character;
    }
  }
  return [...parts, part];
}

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

/** SQL's pattern: `%` is any text, `_` any character. */
function like(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(`^${source}$`, "su");
}
