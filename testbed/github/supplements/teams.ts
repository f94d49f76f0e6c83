import { z } from "zod";
import {
  answerOf,
  asIs,
  completed,
  sent,
  valueOf,
  withValue,
  type Supplement,
  type Workshop,
} from "../supplement.ts";

const brief = z.object({ id: z.int(), slug: z.string() });

/** What GitHub calls the permissions that it takes by other names. */
const roleNames: Readonly<Record<string, string>> = { pull: "read", push: "write" };
const roleName = (permission: unknown): string =>
  typeof permission === "string" ? (roleNames[permission] ?? permission) : "write";

/** Teams by their numbers, which repositories they reach, and who works on a repository. */
export const teams: readonly Supplement[] = [
  {
    method: "POST",
    path: /^\/orgs\/[^/]+\/teams$/,
    async answer(workshop) {
      const answer = await asIs(workshop);
      if (answer.status >= 300) return answer;
      const path = `/teams/${valueOf(answer, brief).id}`;
      workshop.memory.set(path, { parent: null, ...only(sent(workshop), "notification_setting") });
      return completed(answer, workshop.memory.get(path));
    },
  },
  ...["GET", "PATCH", "DELETE", "PUT"].map((method): Supplement => ({
    method,
    path: /^\/organizations\/\d+\/team\/(?<id>\d+)(?<rest>\/.*)?$/,
    answer: ofTeam,
  })),
  {
    method: "GET",
    path: /^\/repos\/(?<name>[^/]+\/[^/]+)\/teams(?:\?.*)?$/,
    async answer({ parts: { name = "" }, memory, ask }) {
      const reached = Object.entries(memory.get(`/repos/${name}/teams`) ?? {});
      const found = await Promise.all(
        reached.map(async ([id, permission]) => {
          const team = await ask({ method: "GET", path: `/teams/${id}` });
          return team.status === 200 ? [{ ...valueOf(team, z.looseObject({})), permission }] : [];
        }),
      );
      return answerOf(200, found.flat());
    },
  },
  {
    method: "PUT",
    path: /^\/repos\/(?<name>[^/]+\/[^/]+)\/collaborators\/(?<login>[^/?]+)$/,
    async answer(workshop) {
      const { name = "", login = "" } = workshop.parts;
      const answer = await asIs(workshop);
      const path = `/repos/${name}/collaborators`;
      const known = { ...workshop.memory.get(path), [login]: sent(workshop)["permission"] ?? "push" };
      if (answer.status < 300) workshop.memory.set(path, known);
      return answer;
    },
  },
  {
    method: "GET",
    path: /^\/repos\/(?<name>[^/]+\/[^/]+)\/collaborators(?:\?.*)?$/,
    async answer(workshop) {
      const answer = await asIs(workshop);
      if (answer.status !== 200) return answer;
      const known = workshop.memory.get(`/repos/${workshop.parts["name"] ?? ""}/collaborators`) ?? {};
      const found = valueOf(answer, z.array(z.looseObject({ login: z.string() })));
      return withValue(
        answer,
        found.map((each) => ({ ...each, role_name: roleName(known[each.login]) })),
      );
    },
  },
  {
    method: "GET",
    path: /^\/repos\/[^/]+\/[^/]+\/invitations(?:\?.*)?$/,
    answer: () => Promise.resolve(answerOf(200, [])),
  },
];

/** `/organizations/1/team/2…` is `/orgs/tenantry/teams/acme-admins…`. */
async function ofTeam(workshop: Workshop): Promise<ReturnType<typeof answerOf>> {
  const { call, memory, ask } = workshop;
  const { id = "", rest = "" } = workshop.parts;
  const found = await ask({ method: "GET", path: `/teams/${id}` });
  if (found.status !== 200) return found;
  const { slug, html_url: page } = valueOf(found, brief.extend({ html_url: z.string() }));
  const organization = /\/orgs\/([^/]+)\//.exec(page)?.[1] ?? "";
  const answer = await asIs(workshop, `/orgs/${organization}/teams/${slug}${rest}`);
  if (answer.status >= 300) return answer;
  const repository = /^\/repos\/(.+)$/.exec(rest)?.[1];
  if (repository !== undefined) {
    const path = `/repos/${repository}/teams`;
    const others = Object.entries(memory.get(path) ?? {}).filter(([team]) => team !== id);
    const permission = sent(workshop)["permission"] ?? "pull";
    const now: [string, unknown][] = call.method === "PUT" ? [...others, [id, permission]] : others;
    memory.set(path, Object.fromEntries(now));
  }
  if (rest !== "" || call.method === "DELETE") return answer;
  const path = `/teams/${id}`;
  if (call.method === "PATCH") {
    memory.set(path, { ...memory.get(path), ...only(sent(workshop), "notification_setting") });
  }
  return completed(answer, memory.get(path));
}

function only(
  values: Readonly<Record<string, unknown>>,
  ...keys: readonly string[]
): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap((key) => (key in values ? [[key, values[key]]] : [])));
}
