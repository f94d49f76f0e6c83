import { z } from "zod";
import type { Answer, Call } from "./stand-in.ts";

/** Makes a call of the emulator's own. */
type Ask = (call: Call) => Promise<Answer>;

interface Supplement {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (call: Call, parts: Readonly<Record<string, string>>, ask: Ask) => Promise<Answer>;
}

/** Calls of GitHub's that the emulator doesn't know, and that its other answers make up for. */
const supplements: readonly Supplement[] = [
  {
    method: "GET",
    path: /^\/orgs\/(?<organization>[^/?]+)\/repos(?:\?(?<query>.*))?$/,
    async answer(call, { organization = "", query = "" }, ask) {
      const wanted = new URLSearchParams(query);
      wanted.set("q", `org:${organization}`);
      const found = await ask({ ...call, path: `/search/repositories?${wanted.toString()}` });
      const { items } = z.object({ items: z.array(z.unknown()) }).parse(JSON.parse(found.body.toString()));
      return json(found, items);
    },
  },
];

/** What GitHub would answer where the emulator doesn't know a call; undefined where it does. */
export function supplement(call: Call, ask: Ask): Promise<Answer> | undefined {
  for (const { method, path, answer } of supplements) {
    const found = method === call.method ? path.exec(call.path) : null;
    if (found) return answer(call, found.groups ?? {}, ask);
  }
  return undefined;
}

function json(answer: Answer, value: unknown): Answer {
  const body = Buffer.from(JSON.stringify(value));
  return { ...answer, headers: { ...answer.headers, "content-length": String(body.length) }, body };
}
