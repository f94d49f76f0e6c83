import pRetry from "p-retry";
import { ApiFailure } from "../http/api-failure.ts";

/**
 * Makes a call that Twenty may refuse because the workspace has had its calls of the minute, 100 unless somebody raised
 * that. It says so with status 400 before it does anything, so that any call may be repeated; calls come free all the
 * time. Waits for that, about a minute in all, then throws `rate-limited`.
 */
export async function patiently<T>(call: () => Promise<T>, longestPause = 15_000): Promise<T> {
  const pauses = { minTimeout: Math.min(500, longestPause), maxTimeout: longestPause, randomize: true };
  try {
    return await pRetry(call, { retries: 8, ...pauses, shouldRetry: ({ error }) => isLimit(error) });
  } catch (error) {
    if (!isLimit(error)) throw error;
    throw new ApiFailure("rate-limited", error.message, {
      system: "Twenty",
      status: 400,
      fix: "run it again in a minute, or raise API_RATE_LIMITING_LONG_LIMIT of the server",
      cause: error,
    });
  }
}

function isLimit(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && error.status === 400 && /limit reached/i.test(error.message);
}
