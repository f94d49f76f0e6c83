import { z } from "zod";
import type { Implementation } from "../implementation.ts";
import type { Environment } from "./client.ts";
import { equals } from "./filter.ts";
import { implementRecord, type RecordKind } from "./record-implementation.ts";
import { anyRecord } from "./records.ts";

const inputs = z.strictObject({
  tenant: z.string().min(1),
  firstName: z.string(),
  lastName: z.string(),
  // Twenty keeps addresses in lower case.
  email: z.email().transform((address) => address.toLowerCase()),
  jobTitle: z.string().optional(),
  company: z.uuid().optional(),
  adopt: z.boolean().default(false),
});
const outputs = inputs.extend({ email: z.string(), company: z.string().optional() });
export type PersonInputs = z.output<typeof inputs>;

const shape = anyRecord.extend({
  name: z.object({ firstName: z.string().nullish(), lastName: z.string().nullish() }).nullish(),
  emails: z.object({ primaryEmail: z.string().nullish(), additionalEmails: z.unknown() }).nullish(),
  jobTitle: z.string().nullish(),
  companyId: z.string().nullish(),
});
type FoundPerson = z.output<typeof shape>;

const kind: RecordKind<PersonInputs, FoundPerson> = {
  names: { many: "people", one: "Person" },
  noun: "person",
  inputs,
  outputs,
  shape,
  called: ({ email }) => email,
  condition: ({ email }) => equals("emails.primaryEmail", email),
  clashes: ({ email }, found) => addressOf(found) === email,
  body: ({ firstName, lastName, email, jobTitle, company }, found) => ({
    name: { firstName, lastName },
    // The field is written as a whole: further addresses go back as they came.
    emails: { primaryEmail: email, additionalEmails: found?.emails?.additionalEmails ?? null },
    ...(jobTitle !== undefined && { jobTitle }),
    ...(company !== undefined && { companyId: company }),
  }),
  asFound: (state, found) => ({
    ...state,
    firstName: found.name?.firstName ?? "",
    lastName: found.name?.lastName ?? "",
    email: addressOf(found),
    ...(state.jobTitle !== undefined && { jobTitle: found.jobTitle ?? "" }),
    ...(state.company !== undefined && { company: found.companyId ?? undefined }),
  }),
  toAdopt: "adopt: true on the person",
};

function addressOf(found: FoundPerson): string {
  return found.emails?.primaryEmail?.toLowerCase() ?? "";
}

/** Makes the implementation with the credentials from an environment. */
export function configure(environment: Environment): Implementation<PersonInputs, PersonInputs> {
  return implementRecord(kind, environment);
}
