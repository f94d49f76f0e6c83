import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { mask } from "../property-changes.ts";
import { pulumi, type PulumiContext } from "../pulumi.ts";
import type { Outputs } from "../read-outputs.ts";
import type { StateFolder } from "../state-folder.ts";

/** Something that was done to a stack. */
export interface StackUpdate {
  /** `update`, `refresh`, `destroy`, … as the engine calls it. */
  readonly kind: string;
  readonly succeeded: boolean;
  /** When it ended, ISO 8601. */
  readonly at: string;
  /** How many resources were changed in which way: `{ create: 3 }`. */
  readonly changes: Readonly<Record<string, number>>;
}

/** What a state backend knows of a stack. */
export interface StackKnowledge {
  /** Secrets are masked. */
  readonly outputs: Outputs;
  /** How many resources it holds. */
  readonly resources: number;
  /** Whether a run was cut off in the middle. */
  readonly cutOff: boolean;
  /** The last one. */
  readonly lastUpdate: StackUpdate | undefined;
  /** The last of those that changed anything. */
  readonly lastChange: StackUpdate | undefined;
}

/** How far back a change is looked for: runs that changed nothing are noted as well. */
const depth = 10;

/**
 * Reads what a backend knows of a stack, without a secret's value; undefined where there is no stack. A folder is read as it
 * is; other backends are asked by two calls of the engine's CLI, a third of a second each. Throws a {@link Failure} `engine`.
 */
export async function stackKnowledge(
  stack: string,
  states: StateFolder | undefined,
  context: PulumiContext,
): Promise<StackKnowledge | undefined> {
  if (states !== undefined) return knowledge(states.deployment(stack), states.history(stack, depth));
  const ask = async (...args: string[]): Promise<unknown> =>
    JSON.parse(await pulumi([...args, "--stack", stack], context));
  try {
    const [exported, history] = await Promise.all([
      ask("stack", "export"),
      ask("stack", "history", "--json", "--page-size", String(depth), "--page", "1"),
    ]);
    return knowledge(z.object({ deployment: z.unknown() }).parse(exported).deployment, history);
  } catch (error) {
    if (error instanceof Failure && error.message.includes("no stack named")) return undefined;
    throw error;
  }
}

const deployment = z.object({
  resources: z
    .array(z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() }))
    .nullish(),
  pending_operations: z.array(z.unknown()).nullish(),
});

/** A folder's notes have seconds since 1970, the CLI's answers ISO 8601. */
const time = z.union([
  z.number().transform((seconds) => new Date(seconds * 1000).toISOString()),
  z.string().transform((text) => new Date(text).toISOString()),
]);
const update = z.object({
  kind: z.string(),
  result: z.string(),
  endTime: time,
  resourceChanges: z.record(z.string(), z.number()).nullish(),
});

function knowledge(state: unknown, history: unknown): StackKnowledge | undefined {
  if (state === undefined || state === null) return undefined;
  const { resources, pending_operations: pending } = deployment.parse(state);
  const updates = z.array(update).parse(history).map(updateOf);
  const outputs = resources?.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  return {
    outputs: Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, mask(value)])),
    resources: (resources ?? []).filter(({ type }) => !type.startsWith("pulumi:")).length,
    cutOff: (pending ?? []).length > 0,
    lastUpdate: updates[0],
    lastChange: updates.find(({ changes }) => Object.keys(changes).length > 0),
  };
}

function updateOf({ kind, result, endTime, resourceChanges }: z.output<typeof update>): StackUpdate {
  const changes = Object.entries(resourceChanges ?? {}).filter(
    ([what, count]) => what !== "same" && count > 0,
  );
  return { kind, succeeded: result === "succeeded", at: endTime, changes: Object.fromEntries(changes) };
}
