import type { Held } from "./held-privileges.ts";
import type { PrivilegesInputs } from "./privileges-inputs.ts";

interface Declared {
  /** Whether the inputs are about just this object, and not about any that the owner has. */
  readonly isNamed: boolean;
  /** As in the inputs: `ALL` is not written out. */
  readonly privileges: readonly string[];
}

/** What the inputs say about an object. */
export function declaredPrivileges({ kind, object, owned }: Held, inputs: PrivilegesInputs): Declared {
  const named = (privileges: readonly string[]): Declared => ({ isNamed: true, privileges });
  const byName = (objects: Readonly<Record<string, string[]>>, later: readonly string[]): Declared => {
    const own = objects[object];
    return own ? named(own) : { isNamed: false, privileges: owned ? later : [] };
  };
  const later = (privileges: readonly string[]): Declared => named(object === "public" ? privileges : []);
  switch (kind) {
    case "database":
      return named(inputs.onDatabase);
    case "schema":
      return named(inputs.onSchema);
    case "table":
      return byName(inputs.tables, inputs.onLaterTables);
    case "sequence":
      return byName(inputs.sequences, inputs.onLaterSequences);
    case "function":
      return byName(inputs.functions, inputs.onLaterFunctions);
    case "later tables":
      return later(inputs.onLaterTables);
    case "later sequences":
      return later(inputs.onLaterSequences);
    case "later functions":
      return later(inputs.onLaterFunctions);
  }
}

/**
 * What the grantee should have on an object. On an object without a name in the inputs, what later objects get is given
 * once (`fill`), and afterwards is the most that it may have (`limit`): a table that a person who left handed over to
 * the owner isn't opened to others by that.
 */
export function expectedPrivileges(
  held: Held,
  inputs: PrivilegesInputs,
  unnamed: "fill" | "limit",
): readonly string[] {
  const { isNamed, privileges } = declaredPrivileges(held, inputs);
  const all = privileges.includes("ALL") ? held.all : privileges;
  return isNamed || unnamed === "fill" ? all : all.filter((privilege) => held.privileges.includes(privilege));
}

/** Whether the grantee has exactly these. */
export function holdsExactly({ privileges }: Held, expected: readonly string[]): boolean {
  return privileges.length === expected.length && privileges.every((each) => expected.includes(each));
}
