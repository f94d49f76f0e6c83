import { expect, test } from "@jest/globals";
import { z } from "zod";
import { readVariables } from "../../../providers/read-variables.ts";

const shape = z.object({
  WIDGET_URL: z.url(),
  WIDGET_TOKEN: z.string().min(8).startsWith("wt_"),
  WIDGET_PORT: z.coerce.number().int().default(80),
});
const read = (environment: Record<string, string>): unknown =>
  readVariables(shape, environment, { system: "Widgets", fix: (names) => `set ${names}` });

test("gives them in their form, with defaults", () => {
  expect(read({ WIDGET_URL: "https://widgets.example", WIDGET_TOKEN: "wt_12345", OTHER: "x" })).toEqual({
    WIDGET_URL: "https://widgets.example",
    WIDGET_TOKEN: "wt_12345",
    WIDGET_PORT: 80,
  });
});

test("names each that is missing or wrong once, and nothing that is in it", () => {
  expect(() => read({ WIDGET_TOKEN: "hush", WIDGET_PORT: "80" })).toThrow(
    expect.objectContaining({
      code: "credentials-missing",
      system: "Widgets",
      message: "not set, or not usable: WIDGET_URL, WIDGET_TOKEN",
      fix: "set WIDGET_URL, WIDGET_TOKEN",
    }),
  );
});
