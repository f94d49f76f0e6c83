import { readFileSync } from "node:fs";
import { z } from "zod";
import { system } from "../providers/github/api.ts";
import { type Environment, readVariables } from "../providers/read-variables.ts";
import { Failure } from "../report/failure.ts";

/** A repository on a GitHub, and what lets us in. */
export interface Repository {
  /** The API's address: `https://api.github.com`, or a server's `https://github.example.com/api/v3`. */
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly name: string;
}

const variables = z.object({
  GITHUB_API_URL: z.url({ protocol: /^https?$/ }).default("https://api.github.com"),
  GITHUB_TOKEN: z.string().min(1),
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
});

/**
 * Reads the repository from the variables that GitHub Actions sets (https://docs.github.com/en/actions/reference/workflows-and-actions/variables).
 * Throws a {@link Failure} `credentials-missing` that names what is missing or of the wrong form.
 */
export function repositoryFrom(environment: Environment): Repository {
  const given = readVariables(variables, environment, {
    system,
    fix: () =>
      "set GITHUB_TOKEN to a token of the repository, and GITHUB_REPOSITORY to owner/name; Actions sets the latter itself",
  });
  const { GITHUB_API_URL: url, GITHUB_TOKEN: token, GITHUB_REPOSITORY: name } = given;
  return { apiUrl: url.replace(/\/+$/, ""), token, name };
}

const event = z.object({ pull_request: z.object({ number: z.int(), head: z.object({ sha: z.string() }) }) });

/** The event that a workflow's run is about, where it is a pull request's. */
function pullRequestEvent({ GITHUB_EVENT_PATH: file }: Environment): z.output<typeof event> | undefined {
  if (!file) return undefined;
  try {
    return event.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** The number of the pull request that a workflow runs for. Throws a {@link Failure} `pull-request-unknown`. */
export function pullRequestFrom(environment: Environment): number {
  const ref = /^refs\/pull\/(\d+)\//.exec(environment["GITHUB_REF"] ?? "")?.[1];
  const number = pullRequestEvent(environment)?.pull_request.number ?? Number(ref ?? 0);
  if (number > 0) return number;
  throw new Failure("pull-request-unknown", "this runs for no pull request", {
    system,
    fix: "name one: --pull-request <number>",
  });
}

/** A sentence, in HTML, that leads to the log of the workflow's run, and says of which commit it is. */
export function logOf(environment: Environment): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  const commit = pullRequestEvent(environment)?.pull_request.head.sha;
  const of = commit !== undefined && /^[0-9a-f]{40}$/.test(commit) ? ` of ${commit.slice(0, 9)}` : "";
  const url = `${server ?? ""}/${repository ?? ""}/actions/runs/${run ?? ""}`;
  const isUrl = /^https?:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+\/actions\/runs\/\d+$/.test(url);
  return isUrl ? `<a href="${url}">The log${of}</a> has everything.` : `The log${of} has everything.`;
}
