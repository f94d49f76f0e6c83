import { z } from "zod";
import { identifier } from "./identifier.ts";

const list = z.array(z.string().toUpperCase()).transform((privileges) => [...new Set(privileges)].sort());
const byObject = z.record(z.string(), list);

/** The inputs of `Privileges`, and its outputs too: there is nothing that only the server knows. */
export const privilegesInputs = z.strictObject({
  database: identifier,
  owner: identifier,
  grantee: identifier,
  onDatabase: list,
  onSchema: list,
  tables: byObject,
  /** None by name. In what is read, those that somebody granted by hand; the same for functions. */
  sequences: byObject,
  functions: byObject,
  onLaterTables: list,
  onLaterSequences: list,
  onLaterFunctions: list,
});

export type PrivilegesInputs = z.output<typeof privilegesInputs>;

/** The same grantee in the same database, without a single privilege. */
export function withoutAny({ database, owner, grantee }: PrivilegesInputs): PrivilegesInputs {
  return { database, owner, grantee, ...noPrivileges() };
}

/** Not one privilege, of any kind. New lists each time: callers add to them. */
export function noPrivileges(): Omit<PrivilegesInputs, "database" | "owner" | "grantee"> {
  return {
    onDatabase: [],
    onSchema: [],
    tables: {},
    sequences: {},
    functions: {},
    onLaterTables: [],
    onLaterSequences: [],
    onLaterFunctions: [],
  };
}
