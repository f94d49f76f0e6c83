import { z } from "zod";
import { pulumi, type PulumiContext } from "./pulumi.ts";

/**
 * The stacks of an environment that no tenant's file stands for: the file was deleted before the tenant was destroyed.
 *
 * @param stacks all that the state backend has
 * @param tenants the ids of all files, valid or not
 */
export function orphansOf(
  stacks: readonly string[],
  { environment, tenants }: { readonly environment: string; readonly tenants: readonly string[] },
): string[] {
  const known = new Set(tenants.map((id) => `${environment}.${id}`));
  return stacks.filter((stack) => stack.startsWith(`${environment}.`) && !known.has(stack)).sort();
}

const listed = z.array(z.object({ name: z.string() }));

/** Asks the state backend for its stacks. Throws a `Failure` `engine` with its words. */
export async function listStacks(context: PulumiContext): Promise<string[]> {
  const stacks = listed.parse(JSON.parse(await pulumi(["stack", "ls", "--json"], context)));
  // Pulumi Cloud puts the organization before it.
  return stacks.map(({ name }) => name.slice(name.lastIndexOf("/") + 1));
}
