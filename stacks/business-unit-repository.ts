import type { SourceRepository } from "../components/source-control/repository.ts";
import { githubRoleTeam } from "../schema/account-name.ts";
import type { Tenant } from "../schema/tenant.ts";

/**
 * The repository that each business unit has in GitHub: `bu-<id>-infrastructure`, found by its topics, and changed by
 * pull requests that its administrators approve.
 */
export function businessUnitRepository({ id, name }: Tenant, organization: string): SourceRepository {
  const owners = `@${organization}/${githubRoleTeam(id, "tenant_admin")}`;
  return {
    name: `bu-${id}-infrastructure`,
    description: `Infrastructure of ${name}`,
    topics: ["business-unit"],
    protect: { approvals: 1, statusChecks: [] },
    files: [
      { path: ".github/CODEOWNERS", content: `# Kept by Tenantry: who approves changes.\n* ${owners}\n` },
    ],
  };
}
