import { Failure } from "../../report/failure.ts";
import { ApiFailure } from "../http/api-failure.ts";

/** Does some work whose calls have a secret in their path: a failure of it doesn't name that. */
export async function hiding<T>(secret: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || !error.message.includes(secret)) throw error;
    const message = error.message.replaceAll(secret, "…");
    const details = {
      ...(error.system !== undefined && { system: error.system }),
      ...(error.fix !== undefined && { fix: error.fix }),
      cause: error.cause,
    };
    if (!(error instanceof ApiFailure)) throw new Failure(error.code, message, details);
    const { status, body } = error;
    throw new ApiFailure(error.code, message, { ...details, body, ...(status !== undefined && { status }) });
  }
}
