import { z } from "zod";
import { pulumi, type PulumiContext } from "./pulumi.ts";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});
/** A resource whose creation was under way when the engine was killed: it may exist on the server, or not. */
export type PendingCreate = z.output<typeof resource>;

const exported = z.looseObject({
  deployment: z.looseObject({
    resources: z
      .array(z.looseObject({ urn: z.string(), initErrors: z.array(z.string()).optional() }))
      .default([]),
    pending_operations: z.array(z.looseObject({ type: z.string(), resource })).default([]),
  }),
});

/** A stack's state as `pulumi stack export` writes it: secrets are encrypted. */
export type ExportedState = z.output<typeof exported>;

/** Asks the engine for a stack's state. Throws a {@link Failure} `engine` where there is none. */
export async function exportState({
  stack,
  ...context
}: PulumiContext & { readonly stack: string }): Promise<ExportedState> {
  return exported.parse(JSON.parse(await pulumi(["stack", "export", "--stack", stack], context)));
}
