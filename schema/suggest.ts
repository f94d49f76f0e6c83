import { distance } from "fastest-levenshtein";
import { z } from "zod";

/** The candidate that was probably meant, or undefined when none is near: a typing mistake or another case. */
export function closest(written: string, candidates: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const apart = distance(plain(written), plain(candidate));
    if (apart < bestDistance) [best, bestDistance] = [candidate, apart];
  }
  return best !== undefined && bestDistance <= Math.ceil(best.length / 3) ? best : undefined;
}

/** A system's product, and what its section of a tenant's file is called: people look for the one under the other. */
const products: readonly (readonly [string, string])[] = [
  ["postgres", "database"],
  ["postgresql", "database"],
  ["keycloak", "identity"],
  ["mattermost", "collaboration"],
  ["coder", "workspaces"],
  ["gitea", "sourceControl"],
  ["github", "sourceControl"],
  ["twenty", "crm"],
  ["mail", "invitations"],
];

/** The key that was probably meant: nearly the same one, or that of the same thing under its other name. */
export function closestKey(written: string, keys: readonly string[]): string | undefined {
  const name = written.toLowerCase();
  const synonyms = products
    .filter((names) => names.some((each) => each.toLowerCase() === name))
    .flat()
    .filter((each) => each.toLowerCase() !== name);
  return synonyms.find((each) => keys.includes(each)) ?? closest(written, keys);
}

/** The value in another notation, as YAML, if the model takes that: `yes` for `true`, `Acme` for `acme`, `007` without quotes. */
export function suggestValue(
  model: z.core.$ZodType,
  value: unknown,
  written: string | undefined,
): string | undefined {
  const accepted = notations(value, written).find(
    (candidate) => candidate !== value && z.safeParse(model, candidate).success,
  );
  if (accepted === undefined) return undefined;
  return typeof accepted === "string" && typeof value === "string" ? accepted : JSON.stringify(accepted);
}

function notations(value: unknown, written: string | undefined): readonly unknown[] {
  if (value === null) return [[]];
  if (typeof value === "number" || typeof value === "boolean") return [written ?? String(value)];
  if (typeof value !== "string") return [];
  const plain = value.trim().toLowerCase();
  const yes = /^(?:yes|y|on|true)$/.test(plain);
  const no = /^(?:no|n|off|false)$/.test(plain);
  return [
    plain.replaceAll(/\s+/g, "-"),
    ...(yes || no ? [yes] : []),
    ...(/^[0-9]+$/.test(plain) ? [Number(plain)] : []),
  ];
}
