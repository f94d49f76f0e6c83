import { withLocalStorage } from "@pulumi/pulumi/runtime/state.js";

declare module "@pulumi/pulumi/runtime/state.js" {
  /** Not in the SDK's types: what its own server of inline programs calls (automation/server.ts in pulumi/pulumi). */
  export function withLocalStorage<T>(work: () => Promise<T>): Promise<T>;
}

/** Does work whose SDK knows nothing of another stack that this process is at work on. */
export function inStoreOfItsOwn<T>(work: () => Promise<T>): Promise<T> {
  return withLocalStorage(work);
}
