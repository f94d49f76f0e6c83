import { z } from "zod";
import { pulumi, type PulumiContext } from "./pulumi.ts";

/** A resource whose creation was under way when the engine was killed: it may exist on the server, or not. */
export interface PendingCreate {
  readonly urn: string;
  /** Pulumi's type token. */
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Looks on the server for what a pending create made, and gives its id as the provider's `import` wants it. */
export type IdFinder = (pending: PendingCreate) => Promise<string | undefined>;

const exported = z.object({
  deployment: z.object({
    resources: z.array(z.object({ urn: z.string() })).default([]),
    pending_operations: z
      .array(
        z.object({
          type: z.string(),
          resource: z.object({
            urn: z.string(),
            type: z.string(),
            inputs: z.record(z.string(), z.unknown()).default({}),
          }),
        }),
      )
      .default([]),
  }),
});

interface Recovery extends PulumiContext {
  readonly stack: string;
  readonly findId: IdFinder;
  readonly onNote: (note: string) => void;
}

/**
 * Settles what a killed run was creating: what exists on the server is taken into the state, the rest is forgotten and
 * will be created by the run that follows. Gives the number of resources settled.
 *
 * Dynamic resources of ours need no taking in: their `create` recognises what an earlier try made.
 */
export async function recoverPendingCreates(recovery: Recovery): Promise<number> {
  const { stack, findId, onNote } = recovery;
  const text = await pulumi(["stack", "export", "--stack", stack], recovery);
  const { resources, pending_operations: operations } = exported.parse(JSON.parse(text)).deployment;
  const pending = operations.filter(({ type }) => type === "creating").map(({ resource }) => resource);
  if (pending.length === 0) return 0;

  const known = new Set(resources.map(({ urn }) => urn));
  const found: string[] = [];
  for (const resource of pending) {
    const id = known.has(resource.urn) ? undefined : await findId(resource);
    if (id !== undefined)
      found.push("--import-pending-creates", resource.urn, "--import-pending-creates", id);
  }
  onNote(
    `a former run was interrupted while it created ${pending.length} resource(s): looking what became of them`,
  );
  await pulumi(
    ["refresh", "--stack", stack, "--yes", "--skip-preview", "--clear-pending-creates", ...found],
    recovery,
  );
  return pending.length;
}
