import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";

const row = z.looseObject({ id: z.string(), deletedAt: z.string().nullable() });
/** A record as it is stored. What else it holds, its kind says. */
export type Row = z.output<typeof row>;

const content = z.object({
  people: z.array(row),
  companies: z.array(row),
  workspaceMembers: z.array(row),
  invitations: z.array(z.object({ id: z.string(), email: z.string(), expiresAt: z.string() })),
});
type Content = z.output<typeof content>;
export type Table = "people" | "companies" | "workspaceMembers";
export type Invitation = Content["invitations"][number];

/** The one workspace of the stand-in, kept in a file that every change writes anew: it survives the process. */
export class Workspace {
  readonly #file: string;
  readonly #content: Content;

  constructor(file: string) {
    this.#file = file;
    this.#content = existsSync(file)
      ? content.parse(JSON.parse(readFileSync(file, "utf8")))
      : { people: [], companies: [], workspaceMembers: [], invitations: [] };
  }

  rows(table: Table): readonly Row[] {
    return this.#content[table];
  }

  /** Adds a row, or takes the place of the one with its id. */
  put(table: Table, row: Row): void {
    this.#content[table] = [...this.#content[table].filter(({ id }) => id !== row.id), row];
    this.#save();
  }

  /** Removes a row for good. */
  drop(table: Table, id: string): void {
    this.#content[table] = this.#content[table].filter((row) => row.id !== id);
    this.#save();
  }

  get invitations(): readonly Invitation[] {
    return this.#content.invitations;
  }

  set invitations(invitations: readonly Invitation[]) {
    this.#content.invitations = [...invitations];
    this.#save();
  }

  #save(): void {
    writeFileSync(`${this.#file}.new`, `${JSON.stringify(this.#content, undefined, 1)}\n`, { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
