import { z } from "zod";
import { durationText, milliseconds } from "./duration.ts";
import { coderName } from "./names.ts";

const longest = 30 * 24 * 60 * 60_000;

/** A duration, written in one way; empty for never. Coder takes a minute to 30 days. */
const ttl = z
  .string()
  .refine(
    (text) => text === "" || (milliseconds(text) ?? Infinity) <= longest,
    "a duration of 1m to 720h, such as 8h or 1h30m",
  )
  .transform((text) => durationText(milliseconds(text) ?? 0));

/** A weekly cron line, with a time zone or in UTC; empty for never. */
const autostart = z
  .string()
  .regex(
    /^(?:(?:CRON_TZ=\S+ )?\d{1,2} \d{1,2} \* \* [\w,*-]+)?$/,
    "a time on days of the week, such as CRON_TZ=Europe/Berlin 0 8 * * 1-5",
  )
  .refine(
    (text) => isTimeZone(/^CRON_TZ=(\S+)/.exec(text)?.[1] ?? "UTC"),
    "its time zone is none that is known",
  );

export const workspaceInputs = z.strictObject({
  tenant: z.string().min(1),
  name: coderName,
  owner: coderName,
  template: z.string().min(1),
  parameters: z.record(z.string(), z.string()).default({}),
  autostart: autostart.default(""),
  ttl: ttl.default(""),
  /** In what is read, `failed` when the last build did. */
  build: z.string().default("succeeded"),
  adopt: z.boolean().default(false),
});
// What somebody set by hand is in it too, so it takes more than the inputs do.
export const workspaceOutputs = workspaceInputs.extend({
  name: z.string(),
  owner: z.string(),
  autostart: z.string(),
  ttl: z.string(),
  url: z.string(),
});

export type WorkspaceInputs = z.output<typeof workspaceInputs>;
export type WorkspaceOutputs = z.output<typeof workspaceOutputs>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
