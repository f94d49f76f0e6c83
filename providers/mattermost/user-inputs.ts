import { z } from "zod";
import { signInService } from "./capability.ts";

const personName = z.string().max(64);

export const username = z
  .string()
  .regex(/^[a-z0-9._-]{1,64}$/, "1 to 64 of a-z, 0-9, ., - and _")
  .refine(
    (name) => !["all", "channel", "here", "matterbot", "system"].includes(name),
    "a name that Mattermost keeps for itself",
  );

const signIn = z
  .strictObject({ service: signInService, subject: z.string().min(1).max(128) })
  .refine(({ service, subject }) => service !== "gitlab" || /^\d+$/.test(subject), {
    message: "what GitLab calls a person is a number",
    path: ["subject"],
  });

export const userInputs = z.strictObject({
  username,
  email: z.email().max(128).toLowerCase(),
  firstName: personName,
  lastName: personName,
  enabled: z.boolean().default(true),
  systemAdmin: z.boolean().default(false),
  signIn: signIn.optional(),
  rotation: z.string().optional(),
  adopt: z.boolean().default(false),
  mark: z.string(),
  /** None. In what is read, the roles on the whole server that somebody gave by hand. */
  extraRoles: z.array(z.string()).default([]),
});

export const userOutputs = userInputs.extend({ password: z.string().optional() });

export type UserInputs = z.output<typeof userInputs>;
export type UserOutputs = z.output<typeof userOutputs>;
