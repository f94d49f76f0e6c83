import { z } from "zod";

/** A duration as the Keycloak plugin writes it, `1h30m0s`, in seconds. */
export const goDuration = z
  .string()
  .regex(/^(?=.)(?:\d+h)?(?:\d+m)?(?:\d+s)?$/)
  .transform((text) => {
    const part = (unit: string): number => Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0);
    return part("h") * 3600 + part("m") * 60 + part("s");
  });
