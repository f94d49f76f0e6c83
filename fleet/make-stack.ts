import { Failure } from "../report/failure.ts";
import { pulumi, type PulumiContext } from "./pulumi.ts";

/** Makes an empty stack, unless it's there. */
export async function makeStack({
  stack,
  ...context
}: PulumiContext & { readonly stack: string }): Promise<void> {
  await pulumi(["stack", "init", stack], context).catch((error: unknown) => {
    // Another run made it in this very moment.
    if (!(error instanceof Failure && error.message.includes("already exists"))) throw error;
  });
}
