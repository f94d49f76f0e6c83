import pRetry from "p-retry";
import { ApiFailure } from "./api-failure.ts";

interface Created<T> {
  readonly thing: T;
  /** Made by this call, rather than there already. After a lost answer one can't tell: then it was there. */
  readonly isNew: boolean;
}

interface Creation<T> {
  /**
   * Looks for it; throws when what is there may not be used. `tried`: a `make` of this very call may have made it.
   */
  readonly find: (tried: boolean) => Promise<T | undefined>;
  readonly make: () => Promise<T>;
}

/** After these it may have been made all the same. */
const undecided: readonly string[] = ["answer-lost", "server-error", "conflict"];

/**
 * Makes something once, although answers get lost on the way: after a `make` whose outcome isn't known it looks again
 * before it makes again, three times. Throws what `find` and `make` throw.
 */
export function createOnce<T>({ find, make }: Creation<T>): Promise<Created<T>> {
  let making = false;
  return pRetry(
    async (attempt): Promise<Created<T>> => {
      making = false;
      const found = await find(attempt > 1);
      if (found !== undefined) return { thing: found, isNew: false };
      making = true;
      return { thing: await make(), isNew: true };
    },
    {
      retries: 3,
      minTimeout: 200,
      randomize: true,
      shouldRetry: ({ error }) => making && error instanceof ApiFailure && undecided.includes(error.code),
    },
  );
}
