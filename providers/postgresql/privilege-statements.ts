import { escapeIdentifier } from "pg";
import type { Held } from "./held-privileges.ts";

/** The statements that bring what a grantee has on one object to what it should have: none when nothing differs. */
export function privilegeStatements(
  held: Held,
  expected: readonly string[],
  { grantee, owner }: { readonly grantee: string; readonly owner: string },
): string[] {
  const extra = held.privileges.filter((each) => !expected.includes(each));
  const missing = expected.filter((each) => !held.privileges.includes(each));
  const { prefix, target } = place(held, owner);
  const who = grantee === "PUBLIC" ? "PUBLIC" : escapeIdentifier(grantee);
  // CASCADE: what the grantee handed on goes as well.
  const revoke = `${prefix}REVOKE ${extra.map(withoutOption).join(", ")} ON ${target} FROM ${who} CASCADE`;
  const grant = `${prefix}GRANT ${missing.join(", ")} ON ${target} TO ${who}`;
  return [...(extra.length > 0 ? [revoke] : []), ...(missing.length > 0 ? [grant] : [])];
}

const withoutOption = (privilege: string): string => privilege.replace(/ WITH GRANT OPTION$/, "");

function place({ kind, object }: Held, owner: string): { prefix: string; target: string } {
  switch (kind) {
    case "database":
    case "schema":
      return { prefix: "", target: `${kind.toUpperCase()} ${escapeIdentifier(object)}` };
    case "table":
    case "sequence":
      return { prefix: "", target: `${kind.toUpperCase()} public.${escapeIdentifier(object)}` };
    case "function": {
      const name = object.slice(0, object.indexOf("("));
      return { prefix: "", target: `ROUTINE public.${escapeIdentifier(name)}${object.slice(name.length)}` };
    }
    case "later tables":
    case "later sequences":
    case "later functions": {
      const where = object === "public" ? " IN SCHEMA public" : "";
      const prefix = `ALTER DEFAULT PRIVILEGES FOR ROLE ${escapeIdentifier(owner)}${where} `;
      return { prefix, target: kind.slice("later ".length).toUpperCase() };
    }
  }
}
