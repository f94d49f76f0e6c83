import { z } from "zod";
import { ApiFailure } from "../providers/http/api-failure.ts";
import type { Reader } from "../providers/http/reader.ts";
import { listAll, path } from "../providers/tfe/api.ts";
import { Failure } from "../report/failure.ts";
import type { Unread, Workspace } from "./facts.ts";
import { knownOutputs } from "./known-outputs.ts";
import { type OnRead, readEach } from "./read-each.ts";

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/workspaces#list-workspaces */
const listed = z.object({
  id: z.string(),
  attributes: z.object({
    name: z.string(),
    "tag-names": z.array(z.string()).default([]),
    "vcs-repo": z.object({ identifier: z.string() }).nullish(),
  }),
});

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/state-version-outputs */
const output = z.object({
  attributes: z.object({ name: z.string(), sensitive: z.boolean(), value: z.unknown() }),
});

interface TerraformCloudFacts {
  readonly workspaces: readonly Workspace[];
  readonly unread: readonly Unread[];
}

/**
 * Reads the workspaces of an organization with their tags and the outputs of their current states: a call for each hundred of them,
 * and one for each. Outputs that are marked as sensitive, or that discovery doesn't know by name, are dropped at once.
 *
 * Throws a {@link Failure} `organization-missing`, and those of `ApiClient`.
 */
export async function readTerraformCloud(
  api: Reader,
  organization: string,
  onRead: OnRead,
): Promise<TerraformCloudFacts> {
  const base = path`/organizations/${organization}`;
  if ((await api.get(base, z.object({ data: z.object({ id: z.string() }) }))) === undefined) {
    throw new Failure(
      "organization-missing",
      `there is no organization ${organization}, or the token can't see it`,
      {
        system: "Terraform Cloud",
        fix: "check its name, and that TFE_TOKEN may read its workspaces and their states' outputs",
      },
    );
  }
  const all = await listAll(api, `${base}/workspaces`, listed);
  const unread: Unread[] = [];
  const workspaces = await readEach(all, onRead, async ({ id, attributes }): Promise<Workspace> => {
    const { name, "tag-names": tags, "vcs-repo": linked } = attributes;
    const fullName = `${organization}/${name}`;
    const outputs = await outputsOf(api, id).catch((error: unknown) => {
      if (!(error instanceof ApiFailure) || error.code !== "missing-privilege") throw error;
      unread.push({ what: `${fullName}: outputs`, why: error.message });
      return {};
    });
    return { id, name, fullName, tags, repository: linked?.identifier, outputs };
  });
  return { workspaces, unread };
}

/** The known outputs of a workspace's current state; none where it has no state. */
async function outputsOf(api: Reader, id: string): Promise<Record<string, string>> {
  const found = await listAll(api, path`/workspaces/${id}/current-state-version-outputs`, output);
  const kept = found.flatMap(({ attributes: { name, sensitive, value } }) =>
    sensitive || typeof value !== "string" || !knownOutputs.has(name) ? [] : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}
