import { certificateRefused, explainBy, type MessageRule, noAnswer } from "../message-rules.ts";

const again = "run it again: what was made is known";

/** go-github words a refusal as `PUT https://…/path: 404 message []`. */
const rules: readonly MessageRule[] = [
  {
    when: /: 401 |Bad credentials/,
    explain: () => ({
      code: "wrong-token",
      message: "GitHub does not let us in",
      fix: "check GITHUB_TOKEN, or the app's key",
    }),
  },
  {
    when: /: (?:403|429) .*rate limit|rate limit(?:ed)? exceeded|secondary rate limit/is,
    explain: () => ({
      code: "rate-limited",
      message: "GitHub's rate limit is used up",
      fix: `wait until the hour is over, with fewer tenants at once (--parallel 1), then ${again}`,
    }),
  },
  {
    when: /: 403 .*(?:archived|read-only)/is,
    explain: () => ({
      code: "repository-archived",
      message: "the repository is archived, so nothing in it can be changed",
      fix: "set `archived: false` for it first, or take the change back",
    }),
  },
  {
    when: /: 403 .*Upgrade to GitHub/is,
    explain: () => ({
      code: "capability-missing",
      message: "the organization's plan does not have this for private repositories",
      fix: "take `protect` out of the repository, make it public, or use another plan",
    }),
  },
  {
    when: /: 403 (.*)/s,
    explain: ([, said = ""]) => ({
      code: "missing-privilege",
      message: `the token may not do this: ${line(said)}`,
      fix: "give the token, or the app, what docs/source-control.md lists",
    }),
  },
  {
    when: /POST \S*\/generate: 404/,
    explain: () => ({
      code: "template-missing",
      message: "the repository's template is not there, not visible to the token, or no template repository",
      fix: "check `template`, and that the repository is marked as a template on GitHub",
    }),
  },
  {
    when: /\/memberships\/([^:\s]+): (?:404|422)/,
    explain: ([, login = ""]) => ({
      code: "account-missing",
      message: `GitHub can't put ${login} into the team`,
      fix: "check the person's `github`: it must be the username of an account there, and one that the organization may invite",
    }),
  },
  {
    when: /POST \S*\/repos: 422 .*(?:already exists|Name)/is,
    explain: () => ({
      code: "repository-not-ours",
      message: "the organization has a repository of that name, and it is not ours",
      fix: "give the repository another name in the tenant's file, or rename the one that is there; it can't be taken over yet",
    }),
  },
  {
    when: /POST \S*\/teams: 422/,
    explain: () => ({
      code: "team-not-ours",
      message: "the organization has a team of that name, and it is not ours",
      fix: "give the team another `id` in the tenant's file, or rename the one that is there",
    }),
  },
  {
    when: /: 404 /,
    explain: () => ({
      code: "not-found",
      message: "GitHub has no such thing, or doesn't show it to the token",
      fix: "run `tenantry up --refresh` if it was deleted by hand; else look at what the token may see",
    }),
  },
  {
    when: /: 422 (.*)/s,
    explain: ([, said = ""]) => ({
      code: "request-refused",
      message: `GitHub refuses the values: ${line(said)}`,
      fix: "mend them in the tenant's file",
    }),
  },
  {
    when: /: 5\d\d /,
    explain: () => ({
      code: "server-error",
      message: "GitHub has an error of its own",
      fix: `look at https://www.githubstatus.com, or the server's log, then ${again}`,
    }),
  },
  {
    when: certificateRefused,
    explain: () => ({
      code: "certificate-untrusted",
      message: "GitHub's certificate is not trusted",
      fix: "add its authority's certificate to the system's store, or mend the address",
    }),
  },
  {
    when: noAnswer,
    explain: () => ({
      code: "server-unreachable",
      message: "GitHub does not answer",
      fix: "check github.url in the environment's file; a local one starts with: npx tenantry local up --with github",
    }),
  },
];

/** Explains a message of the plugin for GitHub. */
export const explainGithub = explainBy(rules, "GitHub");

function line(said: string): string {
  return said
    .replaceAll(/\s+/g, " ")
    .replace(/ \[\]$/, "")
    .trim()
    .slice(0, 300);
}
