import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";

const shape = z.object({ id: z.string() });

/** The id of an organization; without a name, of the server's own. Undefined when there is none of that name. */
export async function findOrganizationId(
  api: ApiClient,
  name: string | undefined,
): Promise<string | undefined> {
  const found = await api.get(`/organizations/${encodeURIComponent(name ?? "default")}`, shape);
  return found?.id;
}

/** As {@link findOrganizationId}, but throws a {@link Failure} `organization-missing`. */
export async function organizationId(api: ApiClient, name: string | undefined): Promise<string> {
  const id = await findOrganizationId(api, name);
  if (id !== undefined) return id;
  throw new Failure("organization-missing", `there is no organization ${name ?? "default"}`, {
    system: "Coder",
    fix: "name one that is there, or none for the server's own",
  });
}
