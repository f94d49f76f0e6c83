import { z } from "zod";

/** A name in PostgreSQL. A longer one would be cut off without an error. */
export const identifier = z
  .string()
  .min(1)
  .refine((name) => Buffer.byteLength(name) <= 63, { error: "a name of at most 63 bytes" });
