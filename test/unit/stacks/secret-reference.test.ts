import { expect, test } from "@jest/globals";
import { resolveSecret } from "../../../stacks/secret-reference.ts";

test("reads the variable that the reference names", () => {
  expect(resolveSecret("env:GITHUB_CLIENT_SECRET", { GITHUB_CLIENT_SECRET: "s3cret" })).toBe("s3cret");
});

test.each([{}, { GITHUB_CLIENT_SECRET: "" }, { GITHUB_CLIENT_SECRET: undefined }])(
  "names what is missing in %j",
  (env) => {
    expect(() => resolveSecret("env:GITHUB_CLIENT_SECRET", env)).toThrow(
      expect.objectContaining({
        code: "secret-missing",
        message: expect.stringContaining("GITHUB_CLIENT_SECRET"),
      }),
    );
  },
);

test.each(["s3cret-itself", "env:", "env:lower", "vault:GITHUB", "env:A B", ""])(
  "refuses %j and does not repeat it",
  (reference) => {
    expect(() => resolveSecret(reference, { A: "x" })).toThrow(
      expect.objectContaining({ code: "secret-reference" }),
    );
    expect(() => resolveSecret(reference, {})).not.toThrow(/s3cret-itself/);
  },
);
