import { z } from "zod";
import type { Finding } from "./finding.ts";
import { keysAt, modelAt, valueAt } from "./model-at.ts";
import type { Path } from "./problem.ts";
import { closest, closestKey, suggestValue } from "./suggest.ts";

/** Never printed, whatever stands there: somebody may have written the secret itself, or a private key for the public one. */
const secretKeys: ReadonlySet<string | number> = new Set(["clientSecret", "key", "secrets"]);

/** What stands in a report for a value that may be a secret. */
export const hidden = "(hidden)";

/** Whether the value at a path is, or should only refer to, a secret. */
export function isSecret(path: Path): boolean {
  return path.some((step) => secretKeys.has(step));
}

const nouns: Readonly<Record<string, string>> = {
  string: "text",
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys",
};

/**
 * Turns one of zod's issues into findings (one for each unknown key). `written` gives a scalar as the file has it, so that
 * people find what they typed: `007`, not `7`.
 */
export function explainIssue(
  issue: z.core.$ZodIssue,
  model: z.core.$ZodType,
  value: unknown,
  written: (path: Path) => string | undefined,
): Finding[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys") {
    const allowed = keysAt(model, path, value);
    return issue.keys.map((key) => {
      const suggestion = closestKey(key, allowed);
      return {
        code: "unknown-key",
        message: "unknown key",
        path: [...path, key],
        at: "key",
        found: key,
        allowed,
        ...(suggestion === undefined ? {} : { suggestion }),
      };
    });
  }
  // Of a map or a word: who wrote a map is told what is wrong inside of it.
  const inside = issue.code === "invalid_union" && issue.errors.find((issues) => issues.every(isInside));
  if (inside) {
    return inside.flatMap((each) =>
      explainIssue({ ...each, path: [...path, ...each.path] }, model, value, written),
    );
  }
  const input = valueAt(value, path);
  const choices = choicesOf(issue);
  if (input === undefined) {
    return [
      {
        code: "missing-key",
        message: "is required",
        path,
        at: "parent",
        ...(choices && { allowed: choices }),
      },
    ];
  }
  const found = describe(input, path, written);
  const here = modelAt(model, path, value);
  const inRecord = modelAt(model, path.slice(0, -1), value) instanceof z.ZodRecord;
  const suggestion =
    choices && typeof input === "string" && closest(input, choices) !== undefined
      ? closest(input, choices)
      : here && suggestValue(here, input, written(path));
  // `30` where a duration belongs: that it is no duration says more than that it is a number.
  const asText =
    here && typeof input === "number" ? z.safeParse(here, String(input)).error?.issues[0] : undefined;
  return [
    {
      code: codes[issue.code] ?? "invalid-value",
      message:
        input === null
          ? "has no value"
          : sentence(
              asText?.code === "invalid_format" ? asText : issue,
              found,
              inRecord ? "allowed" : choiceNoun(path),
            ),
      path,
      at: "value",
      found,
      ...(choices && { allowed: choices }),
      ...(suggestion !== undefined && !isSecret(path) ? { suggestion } : {}),
    },
  ];
}

const codes: Readonly<Record<string, string>> = {
  invalid_type: "wrong-type",
  invalid_value: "not-allowed",
  invalid_union: "not-allowed",
  invalid_format: "wrong-format",
  too_small: "out-of-range",
  too_big: "out-of-range",
};

function isInside({ path, code }: z.core.$ZodIssue): boolean {
  return path.length > 0 || code === "unrecognized_keys";
}

function choicesOf(issue: z.core.$ZodIssue): readonly string[] | undefined {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)) {
    return issue.options.map(String);
  }
  if (issue.code === "invalid_type" && issue.expected === "boolean") return ["true", "false"];
  return undefined;
}

/** `choice`: what a value out of a list of values would be. */
function sentence(issue: z.core.$ZodIssue, found: string, choice: string): string {
  switch (issue.code) {
    case "invalid_type":
      return `${found} is not ${nouns[issue.expected] ?? issue.expected}`;
    case "invalid_union":
      return `${found} is not ${choicesOf(issue) ? choice : issue.message}`;
    case "invalid_value":
      return `${found} is not ${choice}`;
    case "invalid_format":
      if (found === '""') return "is empty";
      return `${found} is not ${issue.message}`;
    case "too_small":
      if (issue.origin === "string") return "is empty";
      if (issue.origin === "array") return "is an empty list";
      return `${found} is less than ${issue.minimum}`;
    case "too_big":
      if (issue.origin === "string") return `is longer than ${issue.maximum} characters`;
      return `${found} is more than ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** What a choice at a path is called: `a role`, or, in a list of events, `an event`. */
function choiceNoun(path: Path): string {
  const key = path.findLast((step) => typeof step === "string") ?? "value";
  const noun = typeof path.at(-1) === "number" ? key.replace(/s$/, "") : key;
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

function describe(input: unknown, path: Path, written: (path: Path) => string | undefined): string {
  if (isSecret(path)) return hidden;
  if (input === null) return "nothing";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object") return "a map";
  if (typeof input === "string") return JSON.stringify(input);
  return written(path) ?? JSON.stringify(input);
}
