import type { Client } from "pg";
import { z } from "zod";

const row = z.object({
  oid: z.string(),
  enabled: z.boolean(),
  connectionLimit: z.int(),
  validUntil: z.date().nullable(),
  comment: z.string().nullable(),
  /** What a person's role never has: superuser, createrole, createdb, replication, bypassrls. */
  attributes: z.array(z.string()),
  memberships: z.array(
    z.object({
      group: z.string(),
      grantor: z.string(),
      inherit: z.boolean(),
      set: z.boolean(),
      admin: z.boolean(),
    }),
  ),
});

/** A role as the server has it. Its password can't be read: only superusers see verifiers. */
export type LoginRole = z.output<typeof row>;

const query = `
  SELECT r.oid::text, r.rolcanlogin AS enabled, r.rolconnlimit AS "connectionLimit",
         nullif(r.rolvaliduntil, 'infinity') AS "validUntil",
         shobj_description(r.oid, 'pg_authid') AS comment,
         array_remove(ARRAY[
           CASE WHEN r.rolsuper THEN 'superuser' END, CASE WHEN r.rolcreaterole THEN 'createrole' END,
           CASE WHEN r.rolcreatedb THEN 'createdb' END, CASE WHEN r.rolreplication THEN 'replication' END,
           CASE WHEN r.rolbypassrls THEN 'bypassrls' END], NULL) AS attributes,
         (SELECT coalesce(json_agg(json_build_object('group', g.rolname, 'grantor', pg_get_userbyid(m.grantor),
                   'inherit', m.inherit_option, 'set', m.set_option, 'admin', m.admin_option)
                   ORDER BY g.rolname, m.grantor), '[]')
            FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid) AS memberships
    FROM pg_roles r WHERE r.rolname = $1`;

/** Reads a role by name; `undefined` when there is none. */
export async function readLoginRole(client: Client, name: string): Promise<LoginRole | undefined> {
  const { rows } = await client.query(query, [name]);
  return z.array(row).parse(rows)[0];
}
