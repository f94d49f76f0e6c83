import type { System } from "../providers/system.ts";

/** Variables with what systems add to them: credentials that somebody has to ask for, and that don't last. */
export async function signIn(
  systems: readonly System[],
  variables: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
  let environment = variables;
  for (const system of systems) environment = (await system.signIn?.(environment)) ?? environment;
  return environment;
}
