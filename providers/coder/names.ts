import { z } from "zod";

/** What Coder takes as the name of an account, template, workspace or organization. */
export const coderName = z
  .string()
  .max(32, "Coder takes names of at most 32 characters")
  .regex(/^[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*$/, "Coder takes letters, digits and single hyphens between them")
  .refine((name) => name !== "new" && name !== "create", "Coder keeps this name for itself");

/** What Coder takes as a display name; empty for none. */
export const displayName = z
  .string()
  .max(64, "Coder takes display names of at most 64 characters")
  .refine((name) => name === name.trim(), "Coder takes no spaces at a display name's ends");

/** A list without an order. */
export const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort();
