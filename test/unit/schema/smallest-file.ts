/** A tenant file with mistakes, and every line that is printed about it, from its position on. */
export interface BrokenFile {
  readonly name: string;
  readonly text: string;
  readonly problems: readonly string[];
}

/** The smallest valid file: lines 1 to 5. */
export const head = "version: 1\nid: acme\nname: Acme\nplan: basic\nregion: eu\n";

/** The head with one person: lines 6 to 10. */
export const user = (more: string): string =>
  `${head}users:\n  - email: ada@acme.example\n    firstName: Ada\n    lastName: Ashford\n    role: developer\n${more}`;
