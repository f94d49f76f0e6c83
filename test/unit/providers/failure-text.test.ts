import { expect, test } from "@jest/globals";
import { failureText, parseFailureText } from "../../../providers/failure-text.ts";
import { Failure } from "../../../report/failure.ts";

const failures = [
  new Failure("role-not-ours", "a role acme_x exists", { system: "PostgreSQL", fix: "drop it; or not" }),
  new Failure("server-unreachable", "no answer at 127.0.0.1:1 (see [here])", {
    system: "Terraform Cloud",
    fix: "run: npx tenantry local up",
  }),
  new Failure("schema-damaged", 'database acme: missing table "a: b"', { system: "PostgreSQL" }),
];

test.each(failures)("$code comes back as it was", (failure) => {
  const text = failureText(failure);
  for (const around of [
    text,
    `error: ${text}`,
    `  * creating failed: ${text}\n    at somewhere\n`,
    `1 error occurred:\n\t* ${text}`,
  ]) {
    expect(parseFailureText(around)).toMatchObject({
      code: failure.code,
      message: failure.message,
      system: failure.system,
      fix: failure.fix,
    });
  }
});

test("it is one line", () => {
  expect(failureText(new Failure("a-b", "one\n  two", { system: "X", fix: "three\nfour" }))).toBe(
    "X: one two Fix: three four [a-b]",
  );
});

test.each(["", "error: update failed", "PostgreSQL: something [with brackets]", "see [role-not-ours]"])(
  "%p is none",
  (text) => expect(parseFailureText(text)).toBeUndefined(),
);
