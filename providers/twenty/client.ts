import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const refusal = z.object({ messages: z.array(z.string()).min(1) });
const answer = z.object({
  data: z.unknown(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
});

/** The codes of Twenty's GraphQL API that mean more than a refusal. */
const codes: Readonly<Record<string, Readonly<{ code: string; fix: string }>>> = {
  UNAUTHENTICATED: { code: "wrong-token", fix: "check TWENTY_API_KEY" },
  FORBIDDEN: {
    code: "missing-privilege",
    fix: "give the API key a role that manages workspace members, in Twenty's Settings → Roles",
  },
};

/**
 * The client for the Twenty whose address and API key are in `TWENTY_API_URL` and `TWENTY_API_KEY`. Throws a
 * {@link Failure} `credentials-missing`.
 */
export function twentyClient(environment: Environment): ApiClient {
  const url = given(environment, "TWENTY_API_URL", "or name twenty.url in the environment's file");
  const key = given(environment, "TWENTY_API_KEY", "an API key of Twenty's Settings → APIs & Webhooks");
  return new ApiClient({
    system: "Twenty",
    url,
    headers: { authorization: `Bearer ${key}` },
    tokenName: "TWENTY_API_KEY",
    privilege:
      "give the API key a role that sees and edits people and companies, in Twenty's Settings → Roles",
    explain: (body) => refusal.safeParse(body).data?.messages.join("; "),
  });
}

/** Asks the GraphQL API of the workspace itself: members and invitations are not in the REST API. */
export async function askMetadata<T>(
  client: ApiClient,
  query: string,
  variables: object,
  shape: z.ZodType<T>,
): Promise<T> {
  // What is asked here may be asked twice: it reads or it withdraws.
  const { data, errors } = await client.post("/metadata", { query, variables }, answer, { repeatable: true });
  const [error] = errors ?? [];
  if (error !== undefined) {
    const known = codes[error.extensions?.code ?? ""];
    throw new ApiFailure(known?.code ?? "request-refused", `POST /metadata: ${error.message}`, {
      system: "Twenty",
      ...(known && { fix: known.fix }),
    });
  }
  const parsed = shape.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new ApiFailure("unexpected-answer", "POST /metadata was not answered as Twenty answers", {
    system: "Twenty",
    fix: "check TWENTY_API_URL, or whether Tenantry knows this version of Twenty",
  });
}

function given(environment: Environment, name: string, what: string): string {
  const value = environment[name];
  if (value) return value;
  throw new Failure("credentials-missing", `${name} is not in the environment`, {
    system: "Twenty",
    fix: `set ${name}, ${what}`,
  });
}
