/**
 * Conditions of the REST API's `filter`, `field[comparator]:value`. The grammar has no escape: a quote, a bracket, a
 * comma or a parenthesis in a value would end it, so that such a value is looked for by a pattern that has `_`, any
 * character, in their place. Who looks compares what was found.
 */
export function equals(field: string, value: string): string {
  const plain = /^[\p{L}\p{N}@.+:/ -]+$/u.test(value);
  return plain ? `${field}[eq]:"${value}"` : `${field}[like]:"${pattern(value)}"`;
}

/** The field holds the value somewhere, in upper or lower case. */
export function holds(field: string, value: string): string {
  return `${field}[ilike]:"%${pattern(value)}%"`;
}

/** The condition, of deleted records too: without a word about `deletedAt` Twenty lists only the others. */
export function deletedToo(condition: string): string {
  return `and(${condition},or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL))`;
}

function pattern(value: string): string {
  return value.replaceAll(/[^\p{L}\p{N}@.+:/ -]/gu, "_");
}
