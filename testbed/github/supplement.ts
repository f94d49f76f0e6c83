import { z } from "zod";
import type { Answer, Call } from "./stand-in.ts";

/** What was sent and the emulator doesn't keep, by the path that it was sent to. */
export type Memory = Map<string, Readonly<Record<string, unknown>>>;

/** What a supplement works with. */
export interface Workshop {
  readonly call: Call;
  /** The parts of the path that its pattern names. */
  readonly parts: Readonly<Record<string, string>>;
  /** Makes a call of the emulator's own. */
  readonly ask: (call: Pick<Call, "method" | "path"> & { readonly body?: unknown }) => Promise<Answer>;
  readonly memory: Memory;
}

/** A call of GitHub's that the emulator doesn't know, or answers with too little. */
export interface Supplement {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (workshop: Workshop) => Promise<Answer>;
}

const object = z.record(z.string(), z.unknown());

/** The JSON object that was sent. */
export function sent({ call }: Workshop): Record<string, unknown> {
  return call.body === "" ? {} : object.parse(JSON.parse(call.body));
}

/** The JSON value of an answer, in a shape. */
export function valueOf<T>({ body }: Answer, shape: z.ZodType<T>): T {
  return shape.parse(JSON.parse(body.toString()));
}

/** The call as it is, for the emulator. */
export function asIs({ call, ask }: Workshop, path = call.path): Promise<Answer> {
  return ask({ ...call, path, body: call.body === "" ? undefined : JSON.parse(call.body) });
}

/** An answer with another JSON value in it. */
export function withValue(answer: Answer, value: unknown): Answer {
  const body = Buffer.from(JSON.stringify(value));
  return { ...answer, headers: { ...answer.headers, "content-length": String(body.length) }, body };
}

/** An answer of our own. */
export function answerOf(status: number, value?: unknown): Answer {
  const body = Buffer.from(value === undefined ? "" : JSON.stringify(value));
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body };
}

/** A successful answer, with what is remembered of its thing put into it. */
export function completed(answer: Answer, remembered: Readonly<Record<string, unknown>> = {}): Answer {
  if (answer.status >= 300) return answer;
  return withValue(answer, { ...remembered, ...valueOf(answer, object) });
}
