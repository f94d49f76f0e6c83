import type { PrivilegesArgs } from "../../providers/postgresql/privileges.ts";
import type { RoleName } from "../../schema/tenant.ts";

type Grants = Pick<
  PrivilegesArgs,
  "onDatabase" | "onSchema" | "tables" | "onLaterTables" | "onLaterSequences"
>;

const all = ["ALL"] as const;
const select = ["SELECT"] as const;
const log = ["SELECT", "INSERT"] as const;
const write = ["SELECT", "INSERT", "UPDATE", "DELETE"] as const;
const access = { onDatabase: ["CONNECT"], onSchema: ["USAGE"] } as const;

/** What each role may do: seed document 003, section 3.3. Tables that come later follow the role's intent. */
export const grants: Readonly<Record<RoleName, Grants>> = {
  tenant_admin: {
    onDatabase: ["ALL"],
    onSchema: ["ALL"],
    tables: { applications: all, resources: all, deployments: all, user_activity: all },
    onLaterTables: ["ALL"],
    onLaterSequences: ["ALL"],
  },
  application_manager: {
    ...access,
    tables: { applications: write, resources: write, deployments: write, user_activity: log },
    onLaterTables: write,
    onLaterSequences: ["USAGE", "SELECT"],
  },
  developer: {
    ...access,
    tables: { applications: select, resources: select, deployments: select, user_activity: log },
    onLaterTables: select,
  },
  auditor: {
    ...access,
    tables: { applications: select, resources: select, deployments: select, user_activity: select },
    onLaterTables: select,
  },
};
