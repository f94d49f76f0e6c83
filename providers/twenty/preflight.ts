import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { twentyClient, type Environment } from "./client.ts";

const people = z.object({ data: z.object({ people: z.array(z.unknown()) }) });

/**
 * Checks before a run that Twenty answers and that the API key sees people. One call, which changes nothing: whether the
 * key may write shows when it does.
 *
 * Throws a {@link Failure}: `credentials-missing`, `not-twenty`, and those of the HTTP client.
 */
export async function checkTwenty(environment: Environment): Promise<void> {
  const client = twentyClient(environment);
  try {
    if ((await client.get("/rest/people?limit=1&depth=0", people)) !== undefined) return;
  } catch (error) {
    if (!(error instanceof ApiFailure && error.code === "unexpected-answer")) throw error;
  }
  throw new Failure("not-twenty", `what answers at ${environment["TWENTY_API_URL"] ?? ""} is no Twenty`, {
    system: "Twenty",
    fix: "check the address: it is the server's, without /rest",
  });
}
