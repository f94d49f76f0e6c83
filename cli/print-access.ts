import { styleText } from "node:util";
import type { Outputs } from "../fleet/read-outputs.ts";

/** Prints access details as an outline: `key  value` lines under their headings. */
export function printAccess(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) print(name, value, 0);
}

function print(name: string, value: unknown, depth: number): void {
  const indent = "  ".repeat(depth);
  if (typeof value !== "object" || value === null) {
    console.log(`${indent}${name.padEnd(Math.max(28 - indent.length, 1))} ${String(value)}`);
    return;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return;
  if (depth === 0) console.log();
  console.log(`${indent}${styleText("bold", name)}`);
  for (const [key, inner] of entries) print(key, inner, depth + 1);
}
