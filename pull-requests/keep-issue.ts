import { z } from "zod";
import { clientOf, listAll } from "../providers/github/api.ts";
import type { Repository } from "./actions-context.ts";
import type { DriftIssue } from "./drift-issue.ts";
import { type Kept, keepNone, keepOne } from "./keep-one.ts";
import { marked, marker, type Mark, sameText } from "./marker.ts";
import { ownLogin } from "./own-login.ts";

const issue = z.object({
  number: z.int(),
  title: z.string(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish(),
  pull_request: z.unknown().optional(),
});

/**
 * Opens, updates or, without one to be there, closes the one open issue of ours. Only what the token's own user opened is
 * ours. Throws what the API client throws.
 */
export async function keepIssue(
  repository: Repository,
  mark: Mark,
  wanted: DriftIssue | undefined,
): Promise<Kept> {
  const api = clientOf({
    url: repository.apiUrl,
    token: repository.token,
    privilege: "give the job `permissions: issues: write`",
  });
  const issues = `/repos/${repository.name}/issues`;
  const login = await ownLogin(api, repository);
  const list = async (): Promise<z.output<typeof issue>[]> =>
    (await listAll(api, `${issues}?state=open`, issue))
      .filter(({ pull_request: pullRequest }) => pullRequest === undefined)
      .filter(({ user, body }) => user?.login === login && (body ?? "").startsWith(marker(mark)))
      .sort((a, b) => a.number - b.number);
  const remove = ({ number }: { number: number }): Promise<unknown> =>
    api.patch(`${issues}/${number}`, { state: "closed", state_reason: "completed" }, issue);
  if (wanted === undefined) return keepNone({ list, remove });
  const content = { title: wanted.title, body: marked(wanted.body, mark) };
  return keepOne({
    list,
    remove,
    make: () => api.post(issues, content, issue),
    isAsWanted: ({ title, body }) => title === content.title && sameText(body ?? "", content.body),
    change: ({ number }) => api.patch(`${issues}/${number}`, content, issue),
  });
}
