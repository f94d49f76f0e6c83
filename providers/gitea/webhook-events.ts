/** Events that Gitea takes as they are (modules/webhook/type.go, routers/api/v1/utils/hook.go in its sources). */
const single = [
  ...["create", "delete", "fork", "push", "repository", "wiki", "release", "package", "status"],
  ...["workflow_run", "workflow_job"],
];
const issues = ["issue_assign", "issue_label", "issue_milestone", "issue_comment"];
const pulls = [
  ...["pull_request_assign", "pull_request_label", "pull_request_milestone", "pull_request_comment"],
  ...["pull_request_review", "pull_request_review_request", "pull_request_sync"],
];

/** Every name that the API takes; it overlooks others. */
export const eventNames: readonly string[] = [
  ...single,
  ...["issues", "issues_only", ...issues],
  ...["pull_request", "pull_request_only", ...pulls],
];

/** What the server says of a webhook for these events: `issues` and `pull_request` stand for all of their kind. */
export function eventsOnServer(events: readonly string[]): string[] {
  const meant = events.flatMap((event) => {
    if (event === "issues") return ["issues", ...issues];
    if (event === "pull_request") return ["pull_request", ...pulls];
    return [event.replace(/_only$/, "")];
  });
  return [...new Set(meant)].sort();
}

/** Events as they would have to be declared to be those that the server says. */
export function eventsToDeclare(onServer: readonly string[]): string[] {
  let rest = [...onServer];
  const declared: string[] = [];
  for (const [kind, others] of [
    ["issues", issues],
    ["pull_request", pulls],
  ] as const) {
    if (!rest.includes(kind)) continue;
    const whole = others.every((event) => rest.includes(event));
    rest = rest.filter((event) => event !== kind && !(whole && others.includes(event)));
    declared.push(whole ? kind : `${kind}_only`);
  }
  return [...declared, ...rest].sort();
}
