import { z } from "zod";
import { clientOf, listAll, system } from "../providers/github/api.ts";
import { Failure } from "../report/failure.ts";
import type { Repository } from "./actions-context.ts";
import { type Kept, keepNone, keepOne } from "./keep-one.ts";
import { marked, marker, type Mark, sameText } from "./marker.ts";
import { ownLogin } from "./own-login.ts";

const comment = z.object({
  id: z.int(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish(),
});

/**
 * Makes, updates or, without a text, removes the one comment of ours on a pull request. Only what the token's own user wrote
 * is ours, whatever others write into theirs.
 *
 * Throws a {@link Failure} `pull-request-unknown`, and what the API client throws.
 */
export async function keepComment(
  repository: Repository,
  number: number,
  mark: Mark,
  text: string | undefined,
): Promise<Kept> {
  const api = clientOf({
    url: repository.apiUrl,
    token: repository.token,
    privilege:
      "give the job `permissions: pull-requests: write`; a fork's pull request has a token that may only read",
  });
  const base = `/repos/${repository.name}`;
  if ((await api.get(`${base}/pulls/${number}`, z.object({ number: z.int() }))) === undefined)
    throw new Failure(
      "pull-request-unknown",
      `there is no pull request ${number} in ${repository.name}, or the token may not see it`,
      { system, fix: "check --pull-request, GITHUB_REPOSITORY and what GITHUB_TOKEN may read" },
    );
  const login = await ownLogin(api, repository);
  const list = async (): Promise<z.output<typeof comment>[]> =>
    (await listAll(api, `${base}/issues/${number}/comments`, comment))
      .filter(({ user, body }) => user?.login === login && (body ?? "").startsWith(marker(mark)))
      .sort((a, b) => a.id - b.id);
  const remove = ({ id }: { id: number }): Promise<void> => api.delete(`${base}/issues/comments/${id}`);
  if (text === undefined) return keepNone({ list, remove });
  const body = marked(text, mark);
  return keepOne({
    list,
    remove,
    make: () => api.post(`${base}/issues/${number}/comments`, { body }, comment),
    isAsWanted: (one) => sameText(one.body ?? "", body),
    change: ({ id }) => api.patch(`${base}/issues/comments/${id}`, { body }, comment),
  });
}
