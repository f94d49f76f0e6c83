import type { Facts, Repository, Subject, Workspace } from "./facts.ts";

/**
 * Puts workspaces to the repositories that they run: the linked one, or else the one that they are named after,
 * `finance-infra-prod` after `finance-infra`. A workspace that runs none of these stands alone.
 */
export function subjects({ repositories, workspaces }: Omit<Facts, "unread">): readonly Subject[] {
  const homes = new Map(workspaces.map((workspace) => [workspace, homeOf(workspace, repositories)]));
  const together = repositories.map((repository) => ({
    repository,
    workspaces: workspaces.filter((workspace) => homes.get(workspace) === repository),
  }));
  const alone = workspaces
    .filter((workspace) => homes.get(workspace) === undefined)
    .map((workspace) => ({ repository: undefined, workspaces: [workspace] }));
  return [...together, ...alone];
}

function homeOf(workspace: Workspace, repositories: readonly Repository[]): Repository | undefined {
  const linked = workspace.repository?.toLowerCase();
  if (linked !== undefined) return repositories.find(({ fullName }) => fullName.toLowerCase() === linked);
  const own = workspace.name.toLowerCase();
  const namesakes = repositories.filter(({ name }) => `${own}-`.startsWith(`${name.toLowerCase()}-`));
  return namesakes.sort((a, b) => b.name.length - a.name.length)[0];
}
