import { isDeepStrictEqual } from "node:util";
import { Failure } from "../report/failure.ts";
import { failureText } from "./failure-text.ts";
import type { Implementation, InputProblem } from "./implementation.ts";

type Properties = Record<string, unknown>;

/** The methods of Pulumi's `dynamic.ResourceProvider`, as its provider process calls them. */
export interface Provider {
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: InputProblem[] }>;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: boolean; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(news: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

/** What the engine sends in a preview for a value that isn't known yet (pulumi/pulumi#6310). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const stubKey = "__provider";

/** Fits a typed implementation into Pulumi's untyped protocol: validates what comes in, turns failures into text. */
export function serve<Inputs extends object, Outputs extends Inputs>(
  implementation: Implementation<Inputs, Outputs>,
): Provider {
  const { inputs: inputSchema, outputs: outputSchema, replaceOn } = implementation;
  const parseInputs = (news: Properties): Inputs => inputSchema.parse(own(news));
  const parseState = (props: Properties): Outputs => outputSchema.parse(own(props));
  const differs = (olds: Properties, news: Properties): boolean | undefined => {
    const [state, parsed] = [outputSchema.safeParse(own(olds)), inputSchema.safeParse(own(news))];
    // Unknown values may not fit: then every change counts.
    return state.success && parsed.success ? implementation.differs?.(state.data, parsed.data) : undefined;
  };
  const inputsOf = (outputs: Properties): Properties =>
    Object.fromEntries(Object.entries(outputs).filter(([key]) => key in inputSchema.shape));

  return {
    check: (olds, news) =>
      reported(() => {
        const parsed = inputSchema.safeParse(own(news));
        if (parsed.success) {
          const failures = implementation.check?.(own(olds), parsed.data) ?? [];
          return { inputs: plain(parsed.data), failures: [...failures] };
        }
        const failures = parsed.error.issues
          .filter(({ path }) => !isUnknownAt(news, path))
          .map(({ path, message }) => problem(news, path, message));
        return { inputs: own(news), failures };
      }),

    diff: (_id, olds, news) =>
      reported(() => {
        const changed = Object.keys(inputSchema.shape).filter(
          (key) => !isDeepStrictEqual(plain(olds)[key], plain(news)[key]),
        );
        const replaces = replaceOn.filter((key) => changed.includes(key) && !holdsUnknown(news[key]));
        return {
          // A new stub counts as a change: otherwise the state would keep the old one for ever (pulumi/pulumi#16826).
          changes: (differs(olds, news) ?? changed.length > 0) || olds[stubKey] !== news[stubKey],
          replaces,
          deleteBeforeReplace: true,
        };
      }),

    create: (news) =>
      reported(async () => {
        const { id, outputs } = await implementation.create(parseInputs(news));
        return { id, outs: plain(outputs) };
      }),

    read: (id, props) =>
      reported(async () => {
        const outputs = await implementation.read(id, parseState(props));
        if (outputs === undefined) return {};
        return { id, props: plain(outputs), inputs: inputsOf(plain(outputs)) };
      }),

    update: (id, olds, news) =>
      reported(async () => ({
        outs: plain(await implementation.update(id, parseState(olds), parseInputs(news))),
      })),

    delete: (id, props) => reported(() => implementation.delete(id, parseState(props))),
  };
}

/**
 * A problem at a path. The engine prints the value of the property that it names: fine for a text, but never for what
 * may hold secrets somewhere, and of what lies deeper it knows no value.
 */
function problem(news: Properties, path: readonly PropertyKey[], message: string): InputProblem {
  const property = path.join(".");
  const shown = path.length < 2 && typeof news[property] !== "object";
  return shown ? { property, reason: message } : { property: "", reason: `${property}: ${message}` };
}

/** Without the stub, which Pulumi keeps among a dynamic resource's properties. */
function own(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== stubKey));
}

/** As it looks after a trip through the engine: nothing undefined. */
function plain(value: object): Properties {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}

function holdsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === unknownValue;
  return Object.values(value).some(holdsUnknown);
}

function isUnknownAt(value: unknown, path: readonly PropertyKey[]): boolean {
  const [key, ...rest] = path;
  if (value === unknownValue) return true;
  if (key === undefined) return holdsUnknown(value);
  if (typeof value !== "object" || value === null) return false;
  return isUnknownAt(Object.entries(value).find(([name]) => name === String(key))?.[1], rest);
}

async function reported<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const text = new Error(failureText(error));
    // Pulumi prints the stack of some errors; an expected failure has none to show.
    text.stack = text.message;
    throw text;
  }
}
