import { fileURLToPath } from "node:url";
import { loadTenant } from "../schema/load-tenant.ts";
import type { Subject } from "./resource.ts";

const tenants = fileURLToPath(new URL("../tenants", import.meta.url));
let known: { readonly stack: string; readonly subject: Subject } | undefined;

/**
 * The tenant that the stack of a URN is named after. A file that isn't valid says nothing here: the program, which reads it
 * too, refuses it.
 */
export function subjectOf(urn: string): Subject {
  const stack = urn.split(":")[2] ?? "";
  if (known?.stack !== stack) {
    const id = stack.slice(stack.indexOf(".") + 1);
    const result = loadTenant(tenants, id);
    known = { stack, subject: { id, declared: result.valid ? result.loaded.tenant : undefined } };
  }
  return known.subject;
}
