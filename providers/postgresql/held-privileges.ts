import type { Client } from "pg";
import { z } from "zod";

const held = z.object({
  kind: z.enum([
    "database",
    "schema",
    "table",
    "sequence",
    "function",
    "later tables",
    "later sequences",
    "later functions",
  ]),
  /** As it is known in the database: `applications`, `total(integer)`; of later objects the schema or "every schema". */
  object: z.string(),
  /** Whether the database's owner owns it. */
  owned: z.boolean(),
  /** The owner of all objects of this kind could have these. */
  all: z.array(z.string()),
  /** What the grantee has: `SELECT`, `UPDATE (name)`, `SELECT WITH GRANT OPTION`. Sorted. */
  privileges: z.array(z.string()),
});

/** An object, and what one grantee may do with it. */
export type Held = z.output<typeof held>;

/**
 * Every object in the database and in schema public, whether the grantee may do anything with it or not. What extensions
 * brought is left out, as is everybody's built-in right to execute functions, which is of no use without the schema.
 */
const query = `
  WITH grantee AS (
    SELECT 0::oid AS oid WHERE $1 = 'PUBLIC' UNION ALL SELECT oid FROM pg_roles WHERE rolname = $1
  ), scope AS (
    SELECT d.oid AS database, d.datdba AS owner, n.oid AS schema
      FROM pg_database d, pg_namespace n WHERE d.datname = current_database() AND n.nspname = 'public'
  ), objects AS (
    SELECT 'database' AS kind, datname::text AS object, datdba AS owner, coalesce(datacl, acldefault('d', datdba)) AS acl,
           'd'::"char" AS type, NULL::aclitem[] AS builtin, NULL::text AS "column"
      FROM pg_database JOIN scope ON pg_database.oid = scope.database
    UNION ALL
    SELECT 'schema', nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner)), 'n', NULL, NULL
      FROM pg_namespace JOIN scope ON pg_namespace.oid = scope.schema
    UNION ALL
    SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, relname, relowner, relacl,
           CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", NULL, NULL
      FROM pg_class JOIN scope ON relnamespace = scope.schema
     WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = pg_class.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'table', relname, relowner, attacl, 'r', NULL, attname
      FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid JOIN scope ON relnamespace = scope.schema
     WHERE attacl IS NOT NULL AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f')
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = pg_class.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'function', proname || '(' || pg_get_function_identity_arguments(pg_proc.oid) || ')', proowner, proacl, 'f',
           acldefault('f', proowner), NULL
      FROM pg_proc JOIN scope ON pronamespace = scope.schema
     WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = pg_proc.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'later ' || later.name, CASE later.schema WHEN 0 THEN 'every schema' ELSE 'public' END, scope.owner, defaclacl,
           later.type, CASE later.type WHEN 'f' THEN acldefault('f', scope.owner) END, NULL
      FROM scope CROSS JOIN LATERAL (VALUES ('tables', 'r'::"char", scope.schema), ('sequences', 'S', scope.schema),
             ('functions', 'f', scope.schema), ('tables', 'r', 0), ('sequences', 'S', 0), ('functions', 'f', 0)
           ) AS later (name, type, schema)
      LEFT JOIN pg_default_acl ON defaclrole = scope.owner AND defaclobjtype = later.type AND defaclnamespace = later.schema
  ), privileges AS (
    SELECT objects.*, a.privilege_type || coalesce(' (' || quote_ident("column") || ')', '')
             || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS privilege
      FROM objects CROSS JOIN grantee CROSS JOIN LATERAL aclexplode(acl) a
     WHERE a.grantee = grantee.oid
       AND NOT EXISTS (SELECT FROM aclexplode(builtin) b
                        WHERE b.grantee = a.grantee AND b.privilege_type = a.privilege_type AND b.grantee = 0)
  )
  SELECT kind, object, owner = (SELECT owner FROM scope) AS owned,
         ARRAY(SELECT privilege_type FROM aclexplode(acldefault(CASE type WHEN 'S' THEN 's' ELSE type END, owner)) x
                WHERE x.grantee = owner ORDER BY 1) AS "all",
         ARRAY(SELECT DISTINCT privilege FROM privileges p
                WHERE p.kind = o.kind AND p.object = o.object ORDER BY 1) AS privileges
    FROM (SELECT DISTINCT kind, object, owner, type FROM objects) o
   WHERE EXISTS (SELECT FROM grantee)
   ORDER BY kind, object COLLATE "C"`;

/** What a grantee holds in the database of the connection; `undefined` when there is no such role. */
export async function heldPrivileges(client: Client, grantee: string): Promise<Held[] | undefined> {
  const { rows } = await client.query(query, [grantee]);
  return rows.length === 0 ? undefined : z.array(held).parse(rows);
}
