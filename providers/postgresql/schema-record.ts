import { escapeIdentifier, type Client } from "pg";
import { z } from "zod";

/**
 * What the tables of one owner in schema public look like: an entry for each table, column (its type), `not null`,
 * default, constraint and index that isn't a constraint's, under names such as `column applications.id`.
 */
export type SchemaRecord = Readonly<Record<string, string>>;

const query = `
  WITH tables AS (
    SELECT c.oid, c.relname AS name FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND pg_get_userbyid(c.relowner) = $1
  )
  SELECT 'table ' || name AS key, 'table' AS definition FROM tables
  UNION ALL
  SELECT 'column ' || name || '.' || attname, format_type(atttypid, atttypmod)
    FROM tables JOIN pg_attribute ON attrelid = tables.oid WHERE attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT 'not null ' || name || '.' || attname, 'not null'
    FROM tables JOIN pg_attribute ON attrelid = tables.oid WHERE attnum > 0 AND NOT attisdropped AND attnotnull
  UNION ALL
  SELECT 'default ' || name || '.' || attname, pg_get_expr(adbin, adrelid)
    FROM tables JOIN pg_attribute ON attrelid = tables.oid JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  UNION ALL
  SELECT 'constraint ' || name || '.' || conname, pg_get_constraintdef(c.oid)
    FROM tables JOIN pg_constraint c ON conrelid = tables.oid WHERE contype IN ('p', 'u', 'f', 'c', 'x')
  UNION ALL
  SELECT 'index ' || i.relname, pg_get_indexdef(i.oid) || CASE WHEN indisvalid THEN '' ELSE ' (invalid)' END
    FROM tables JOIN pg_index ON indrelid = tables.oid JOIN pg_class i ON i.oid = indexrelid
   WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u', 'x'))
  ORDER BY 1`;

/** Looks at the tables that a role owns in schema public. */
export async function recordSchema(client: Client, owner: string): Promise<SchemaRecord> {
  const { rows } = await client.query(query, [owner]);
  const entries = z.array(z.object({ key: z.string(), definition: z.string() })).parse(rows);
  return Object.fromEntries(entries.map(({ key, definition }) => [key, definition]));
}

/** One difference between a schema and its record. */
export interface SchemaDrift {
  /** `missing index idx_applications_status`. */
  readonly text: string;
  /** What brings it back without losing data; `undefined` when nothing does. */
  readonly repair: readonly string[] | undefined;
}

/**
 * Compares a schema with its record. What isn't in the record is somebody else's and no drift, but for a default or a
 * `not null` on a column that is.
 */
export function compareSchema(recorded: SchemaRecord, found: SchemaRecord): SchemaDrift[] {
  const lost = Object.keys(recorded).filter((key) => recorded[key] !== found[key]);
  const gone = lost.filter((key) => /^(?:table|column) /.test(key) && !(key in found)).map(place);
  // What a dropped table or column took with it needs no line of its own.
  const goneWith = (key: string): boolean =>
    gone.some(
      (name) =>
        (place(key) === name && /^(?:default|not null) /.test(key)) ||
        place(key).startsWith(`${name}.`) ||
        recorded[key]?.includes(` ON public.${name} `),
    );
  const added = Object.keys(found).filter(
    (key) => !(key in recorded) && /^(?:default|not null) /.test(key) && `column ${place(key)}` in recorded,
  );
  return [
    ...lost.filter((key) => !goneWith(key)).map((key) => difference(key, recorded[key] ?? "", found[key])),
    ...added.map((key) => ({ text: `unexpected ${key}`, repair: [dropOfColumn(key)] })),
  ];
}

/** Repairs in an order that works: keys before the foreign keys that need them. */
export function inOrder(statements: readonly string[]): string[] {
  const foreign = (statement: string): number => Number(statement.includes(" FOREIGN KEY "));
  return [...statements].sort((a, b) => foreign(a) - foreign(b));
}

function difference(key: string, recorded: string, found: string | undefined): SchemaDrift {
  const text = found === undefined ? `missing ${key}` : `changed ${key}: ${found}, was ${recorded}`;
  return { text, repair: repair(key, recorded, found) };
}

function repair(key: string, recorded: string, found: string | undefined): string[] | undefined {
  const [table = "", name = ""] = place(key).split(".").map(escapeIdentifier);
  const alter = `ALTER TABLE public.${table}`;
  if (key.startsWith("index ")) return [`DROP INDEX IF EXISTS public.${table}`, recorded];
  if (key.startsWith("constraint ")) {
    const drop = found === undefined ? [] : [`${alter} DROP CONSTRAINT ${name}`];
    return [...drop, `${alter} ADD CONSTRAINT ${name} ${recorded}`];
  }
  if (key.startsWith("default ")) return [`${alter} ALTER COLUMN ${name} SET DEFAULT ${recorded}`];
  if (key.startsWith("not null ")) return [`${alter} ALTER COLUMN ${name} SET NOT NULL`];
  return undefined;
}

function dropOfColumn(key: string): string {
  const [table = "", column = ""] = place(key).split(".").map(escapeIdentifier);
  return `ALTER TABLE public.${table} ALTER COLUMN ${column} DROP ${key.startsWith("default ") ? "DEFAULT" : "NOT NULL"}`;
}

/** `applications.id` of `not null applications.id`. */
function place(key: string): string {
  return key.replace(/^(?:not null|\w+) /, "");
}
