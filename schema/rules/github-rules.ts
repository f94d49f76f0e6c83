import { githubRoleTeam, githubTeam } from "../account-name.ts";
import type { Finding } from "../finding.ts";
import { githubEvents } from "../sections/repository.ts";
import { hasService, roles } from "../tenant.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";
import { people } from "./people.ts";
import { eventRules, repositoriesOf } from "./repositories-of.ts";
import { isOn } from "./source-control-system.ts";

/** What only GitHub refuses. */
export function githubRules(tenant: Draft): Finding[] {
  return [
    ...(isOn(tenant, "github") ? [...accountRules(tenant), ...teamRules(tenant)] : []),
    ...adoptRules(tenant),
    ...repositoriesOf(tenant).flatMap(({ repository, at }) => [
      ...eventRules(repository, at, "GitHub", githubEvents),
      ...limitRules(repository, at),
      ...actionsRules(repository, at),
    ]),
  ];
}

/** Nobody gets an account on GitHub from us. */
function accountRules(tenant: Draft): Finding[] {
  const there = people(tenant).filter((person) => hasService(tenant, person, "sourceControl"));
  return [
    ...there.flatMap(({ github, index, email }): Finding[] => {
      if (github !== undefined || email === undefined) return [];
      const message =
        "has no `github`, the username on GitHub: people have accounts of their own there; or set `services: { sourceControl: false }`";
      return [{ code: "github-username-needed", message, path: ["users", index], at: "value" }];
    }),
    ...duplicates(
      "person's GitHub username",
      there.map(({ github, index }) => ({ value: github?.toLowerCase(), path: ["users", index, "github"] })),
    ),
  ];
}

function teamRules({ id: tenant = "", teams = [] }: Draft): Finding[] {
  const reserved = roles.map((role) => githubRoleTeam(tenant, role));
  return teams.flatMap(({ id }, index): Finding[] => {
    if (id === undefined || !reserved.includes(githubTeam(tenant, id))) return [];
    const found = JSON.stringify(id);
    const message = `${found} is reserved: the team of a role has this name in GitHub`;
    return [{ code: "reserved-team", message, path: ["teams", index, "id"], found }];
  });
}

function adoptRules({ sourceControl }: Draft): Finding[] {
  if (sourceControl?.adopt !== true) return [];
  const message = "can't be true in GitHub: repositories and teams that exist can't be taken over there yet";
  return [{ code: "no-adoption", message, path: ["sourceControl", "adopt"] }];
}

type Repository = ReturnType<typeof repositoriesOf>[number]["repository"];

/** The most that GitHub's API takes. */
function limitRules(
  { description = "", topics = [], labels = [], protect }: Repository,
  at: Finding["path"],
): Finding[] {
  const tooMuch = (message: string, ...path: Finding["path"]): Finding => ({
    code: "github-limit",
    message,
    path: [...at, ...path],
  });
  return [
    ...(description.length > 350
      ? [tooMuch("is longer than the 350 characters that GitHub takes", "description")]
      : []),
    ...(topics.length > 18 ? [tooMuch("has more than the 18 topics that GitHub leaves you", "topics")] : []),
    ...topics.flatMap((topic, index) =>
      topic?.includes(".") === true ? [tooMuch("has a dot; GitHub's topics have none", "topics", index)] : [],
    ),
    ...labels.flatMap((label, index) =>
      (label.description?.length ?? 0) > 100
        ? [tooMuch("is longer than the 100 characters that GitHub takes", "labels", index, "description")]
        : [],
    ),
    ...((protect?.approvals ?? 0) > 6
      ? [tooMuch("is more than the 6 approvals that GitHub can ask for", "protect", "approvals")]
      : []),
  ];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
const actionsName = /^(?!GITHUB_)[A-Z_][A-Z0-9_]{0,99}$/;

function actionsRules({ actions }: Repository, at: Finding["path"]): Finding[] {
  return (["variables", "secrets"] as const).flatMap((kind) =>
    Object.keys(actions?.[kind] ?? {}).flatMap((name): Finding[] => {
      if (actionsName.test(name)) return [];
      const message =
        "is no name in GitHub Actions: capital letters, digits and _, no digit first, no GITHUB_ before it";
      return [{ code: "actions-name", message, path: [...at, "actions", kind, name], at: "key" }];
    }),
  );
}
