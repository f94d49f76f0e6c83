import { policy } from "../policy.ts";
import { coder, gitea, github, keycloak, mattermost, postgresql } from "../types.ts";

export const protectedKinds = policy({
  name: "protected-kinds",
  severity: "mandatory",
  demand:
    "what holds a tenant's data can't be deleted by the way: database, realm, team, organization, repository",
  reason: "A mistake in a file, or a merge at the wrong time, would delete what no run brings back.",
  remedy: "leave the protection on; a tenant goes by `status: destroyed` with its id in `confirmDestroy`",
  types: [
    postgresql.database,
    keycloak.realm,
    mattermost.team,
    coder.organization,
    gitea.organization,
    gitea.repository,
    github.repository,
  ],
  inputs: {},
  check: (_inputs, { protect }, { declared }) => [
    !protect && declared?.status !== "destroyed" && "it isn't protected from being deleted",
  ],
});
