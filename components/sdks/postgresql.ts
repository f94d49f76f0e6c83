/** What components make of the SDK of PostgreSQL: see github.ts. */
export { Database } from "@pulumi/postgresql/database.js";
export { Role } from "@pulumi/postgresql/role.js";
