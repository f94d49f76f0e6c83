import { availableParallelism } from "node:os";

/** Bytes that a run takes beside its stacks: the command, and the process that runs their programs. Measured: 420 MiB. */
const memoryOfRun = 500 * 2 ** 20;
/** Bytes that one stack takes: an engine, and each plugin twice while it looks at the systems. Measured: 350 MiB. */
const memoryOfStack = 400 * 2 ** 20;

/** How many stacks run at once where nobody says: one a core, as far as the memory that is free now suffices. */
export function defaultParallelism(
  cores: number = availableParallelism(),
  freeMemory: number = process.availableMemory(),
): number {
  return Math.max(1, Math.min(cores, Math.floor((freeMemory - memoryOfRun) / memoryOfStack)));
}
