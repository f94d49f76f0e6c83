import { fileURLToPath } from "node:url";
import { loadTenant } from "../schema/load-tenant.ts";
import type { Subject } from "./resource.ts";

const tenants = fileURLToPath(new URL("../tenants", import.meta.url));

/**
 * Finds the tenant that the stack of a URN is named after, and reads its file once. A file that isn't valid says nothing
 * here: the program, which reads it too, refuses it.
 */
export function subjectFinder(): (urn: string) => Subject {
  const known = new Map<string, Subject>();
  return (urn) => {
    const stack = urn.split(":")[2] ?? "";
    const subject = known.get(stack) ?? read(stack);
    known.set(stack, subject);
    return subject;
  };
}

function read(stack: string): Subject {
  const id = stack.slice(stack.indexOf(".") + 1);
  const result = loadTenant(tenants, id);
  return { id, declared: result.valid ? result.loaded.tenant : undefined };
}
