import * as prompts from "@clack/prompts";
import { z } from "zod";
import { email as emailModel } from "../schema/patterns.ts";
import { kinds, plans, tenantFile } from "../schema/tenant.ts";
import type { NewTenant } from "../schema/tenant-template.ts";
import { titleCase } from "../schema/title-case.ts";

/** What `tenantry new` was told by flags or answers. */
export interface NewTenantFlags {
  readonly name?: string;
  readonly plan?: NewTenant["plan"];
  readonly kind?: NewTenant["kind"];
  readonly region?: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly yes?: true;
  readonly stdout?: true;
}

/** Ctrl-C at a question. */
class GaveUp extends Error {}

/** Asks on standard error for what the flags left open. Undefined: the person gave up. */
export async function askNewTenant(id: string, flags: NewTenantFlags): Promise<NewTenantFlags | undefined> {
  try {
    return await ask(id, flags);
  } catch (error) {
    if (error instanceof GaveUp) return undefined;
    throw error;
  }
}

async function ask(id: string, flags: NewTenantFlags): Promise<NewTenantFlags> {
  const name = flags.name ?? (await text("Name", tenantFile.shape.name, titleCase(id)));
  const kind = flags.kind ?? (await select("Kind", kinds));
  const plan = flags.plan ?? (await select("Plan", plans));
  const address = z.union([z.literal(""), emailModel], { error: "an e-mail address" });
  const email =
    flags.email ?? (await text("E-mail address of the first administrator (empty: nobody yet)", address));
  if (email === "") return { ...flags, name, kind, plan };
  const guess = namesOf(email, flags);
  const firstName = flags.firstName ?? (await text("Given name", tenantFile.shape.name, guess.firstName));
  const lastName = flags.lastName ?? (await text("Family name", tenantFile.shape.name, guess.lastName));
  return { ...flags, name, kind, plan, email, firstName, lastName };
}

async function text(message: string, model: z.ZodType, initialValue = ""): Promise<string> {
  const answer = await prompts.text({
    message,
    initialValue,
    output: process.stderr,
    validate: (value = "") => {
      if (model.safeParse(value).success) return undefined;
      return value === ""
        ? "This is needed"
        : `This is not ${model.safeParse(value).error?.issues[0]?.message ?? "right"}`;
    },
  });
  if (prompts.isCancel(answer)) throw new GaveUp();
  return answer;
}

async function select<T extends string>(message: string, values: readonly T[]): Promise<T> {
  const answer = await prompts.select<string>({
    message,
    options: values.map((value) => ({ value, label: value })),
    output: process.stderr,
  });
  const chosen = values.find((value) => value === answer);
  if (chosen === undefined) throw new GaveUp();
  return chosen;
}

/** Fills in what neither flags nor answers say. */
export function newTenant(id: string, flags: NewTenantFlags): NewTenant {
  return {
    id,
    kind: flags.kind ?? "tenant",
    name: flags.name ?? titleCase(id),
    plan: flags.plan ?? "basic",
    region: flags.region,
    admin: flags.email === undefined ? undefined : { email: flags.email, ...namesOf(flags.email, flags) },
  };
}

/** `ada.ashford@acme.example` is Ada Ashford until somebody says otherwise. */
function namesOf(email: string, flags: NewTenantFlags): { firstName: string; lastName: string } {
  const [first = "", ...rest] = titleCase(email.slice(0, email.indexOf("@"))).split(" ");
  return { firstName: flags.firstName ?? first, lastName: flags.lastName ?? (rest.join(" ") || first) };
}
