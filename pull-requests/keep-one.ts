import pRetry from "p-retry";
import { ApiFailure } from "../providers/http/api-failure.ts";
import { createOnce } from "../providers/http/create-once.ts";

/** Something of which there is to be one on GitHub, or none. */
export interface Single<T> {
  /** Those that are there, oldest first. */
  readonly list: () => Promise<readonly T[]>;
  readonly make: () => Promise<T>;
  readonly isAsWanted: (one: T) => boolean;
  readonly change: (one: T) => Promise<unknown>;
  /** Content when it is gone already. */
  readonly remove: (one: T) => Promise<unknown>;
}

export type Kept = "created" | "updated" | "unchanged" | "removed" | "none";

/**
 * Sees to it that there is one, as wanted, although answers get lost and others do the same at this moment: who made
 * another looks again, and all keep the oldest. Throws what the calls throw.
 */
export function keepOne<T>({ list, make, isAsWanted, change, remove }: Single<T>): Promise<Kept> {
  return pRetry(
    async () => {
      const { isNew } = await createOnce({ find: async () => (await list())[0], make });
      const [oldest, ...others] = await list();
      // Somebody else has just removed it: they know of a later state.
      if (oldest === undefined) return "removed";
      for (const other of others) await remove(other);
      if (isAsWanted(oldest)) return isNew ? "created" : "unchanged";
      await change(oldest);
      return "updated";
    },
    { retries: 2, minTimeout: 0, shouldRetry: ({ error }) => isGone(error) },
  );
}

/** Removes all that there are. */
export async function keepNone<T>({ list, remove }: Pick<Single<T>, "list" | "remove">): Promise<Kept> {
  const all = await list();
  for (const one of all) await remove(one);
  return all.length > 0 ? "removed" : "none";
}

/** Between a list and a change somebody may have taken it away. */
function isGone(error: unknown): boolean {
  return error instanceof ApiFailure && error.code === "not-found";
}
