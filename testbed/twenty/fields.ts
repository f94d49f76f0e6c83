import { z } from "zod";
import { Refusal } from "./refusal.ts";

/** Takes a value that a client wrote and gives it as it is stored. Refuses it as Twenty does. */
export type Field = (value: unknown, name: string) => unknown;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export function isUuid(value: string): boolean {
  return uuid.test(value);
}

export const text: Field = (value, name) => parsed(z.string().nullable(), value, "text", name) ?? "";

export const number: Field = (value, name) => parsed(z.number().nullable(), value, "number", name);

export const id: Field = (value, name) => {
  const given = parsed(z.string().nullable(), value, "UUID", name);
  if (given !== null && !isUuid(given)) throw invalid(value, "UUID", name);
  return given;
};

export const fullName: Field = (value, name) => {
  const { firstName, lastName } =
    parsed(z.strictObject({ firstName: part, lastName: part }).nullable(), value, "full name", name) ?? {};
  return { firstName: firstName ?? "", lastName: lastName ?? "" };
};

export const emails: Field = (value, name) => {
  const shape = z.strictObject({ primaryEmail: part, additionalEmails: z.array(z.string()).nullish() });
  const { primaryEmail, additionalEmails } = parsed(shape.nullable(), value, "emails", name) ?? {};
  for (const address of [primaryEmail ?? "", ...(additionalEmails ?? [])]) {
    if (address !== "" && !z.email().safeParse(address).success) throw invalid(address, "email", name);
  }
  return {
    primaryEmail: (primaryEmail ?? "").toLowerCase(),
    additionalEmails: additionalEmails?.map((address) => address.toLowerCase()) ?? null,
  };
};

export const links: Field = (value, name) => {
  const shape = z.strictObject({
    primaryLinkUrl: part,
    primaryLinkLabel: part,
    secondaryLinks: z.array(z.unknown()).nullish(),
  });
  const given = parsed(shape.nullable(), value, "links", name) ?? {};
  return {
    primaryLinkUrl: canonical(given.primaryLinkUrl ?? ""),
    primaryLinkLabel: given.primaryLinkLabel ?? "",
    secondaryLinks: given.secondaryLinks ?? [],
  };
};

/** Of who made a record a client says the source alone: the name is its API key's. */
export const actor: Field = (value, name) => {
  const sources = ["EMAIL", "CALENDAR", "WORKFLOW", "API", "IMPORT", "MANUAL", "SYSTEM", "WEBHOOK"];
  const shape = z.looseObject({ source: z.enum(sources).optional() }).nullable();
  return { source: parsed(shape, value, "actor", name)?.source ?? "API" };
};

const part = z.string().nullish();

/** The origin of a link in lower case, no slash at its end. What is no link with a scheme stays as it is. */
function canonical(link: string): string {
  return URL.canParse(link)
    ? link.replace(/^[a-z]+:\/\/[^/?#]+/i, (origin) => origin.toLowerCase()).replace(/\/$/, "")
    : link;
}

function parsed<T>(shape: z.ZodType<T>, value: unknown, type: string, name: string): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw invalid(value, type, name);
}

function invalid(value: unknown, type: string, name: string): Refusal {
  return new Refusal(400, `Invalid value '${JSON.stringify(value)}' for ${type} field "${name}"`);
}
