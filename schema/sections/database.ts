import { z } from "zod";
import { identifier } from "../patterns.ts";

export const database = z.strictObject({
  name: identifier.optional().describe("The database's name. Default: the tenant's id."),
  connectionLimit: z
    .int()
    .min(1)
    .max(10_000)
    .default(20)
    .describe("How many connections the database takes at once."),
});
