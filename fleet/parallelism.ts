import { availableParallelism } from "node:os";

/** What one stack's engine, program, plugins and provider take together, and some to spare. In bytes, an estimate. */
const memoryOfOneRun = 600 * 2 ** 20;

/** How many stacks run at once where nobody says: one a core, as far as the memory that is free now suffices. */
export function defaultParallelism(
  cores: number = availableParallelism(),
  freeMemory: number = process.availableMemory(),
): number {
  return Math.max(1, Math.min(cores, Math.floor(freeMemory / memoryOfOneRun)));
}
