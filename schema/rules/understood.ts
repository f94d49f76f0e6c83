import { z } from "zod";

/** Values of drafts: what isn't of the kind is undefined. */
export const text = z.string().optional().catch(undefined);
export const lowerCase = z.string().toLowerCase().optional().catch(undefined);
export const flag = z.boolean().optional().catch(undefined);
export const texts = z.array(text).catch([]).optional();
