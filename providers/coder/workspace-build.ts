import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { ApiFailure } from "../http/api-failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import { isActive, provisionerJob, whenFinished, whyFailed } from "./provisioner-job.ts";

/** One build of a workspace: a run of Terraform that starts, stops or deletes it. */
export const workspaceBuild = z.object({
  id: z.string(),
  build_number: z.int(),
  transition: z.string(),
  reason: z.string(),
  initiator_id: z.string(),
  template_version_id: z.string(),
  job: provisionerJob,
});

export type WorkspaceBuild = z.output<typeof workspaceBuild>;

/** What Coder's API takes to have a workspace built. */
export interface BuildRequest {
  readonly transition: "start" | "stop" | "delete";
  readonly template_version_id?: string;
  readonly rich_parameter_values?: readonly { readonly name: string; readonly value: string }[];
}

const parameters = z.array(z.object({ name: z.string(), value: z.string() })).nullable();

/** The builds of a workspace, the last one first. */
export async function buildsOf(api: ApiClient, workspace: string): Promise<readonly WorkspaceBuild[]> {
  return (await api.get(`/workspaces/${workspace}/builds`, z.array(workspaceBuild).nullable())) ?? [];
}

/** The values that a build has of a template's parameters. */
export async function parametersOf(api: ApiClient, build: string): Promise<Record<string, string>> {
  const found = (await api.get(`/workspacebuilds/${build}/parameters`, parameters)) ?? [];
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}

/**
 * Has a workspace built once more, waits, and gives the build as it ended. `what` is its name, for messages. `last` is the build before.
 *
 * Throws a {@link Failure} `workspace-build-failed` with Terraform's reasons.
 */
export async function build(
  api: ApiClient,
  what: string,
  workspace: string,
  last: WorkspaceBuild,
  request: BuildRequest,
): Promise<WorkspaceBuild> {
  const { thing } = await createOnce({
    find: async () =>
      (await buildsOf(api, workspace)).find(
        ({ build_number, transition }) =>
          build_number > last.build_number && transition === request.transition,
      ),
    make: () => api.post(`/workspaces/${workspace}/builds`, request, workspaceBuild),
  });
  return requireBuilt(api, what, thing);
}

/** Waits until a build is over, and gives it as it ended. Throws as {@link build}. */
export async function requireBuilt(
  api: ApiClient,
  what: string,
  { id }: WorkspaceBuild,
): Promise<WorkspaceBuild> {
  const done = await buildFinished(api, what, id);
  if (done.job.status === "succeeded") return done;
  const why = await whyFailed(api, done, `/workspacebuilds/${id}/logs`);
  throw new Failure("workspace-build-failed", `workspace ${what}: its ${done.transition} failed: ${why}`, {
    system: "Coder",
    fix:
      done.transition === "delete"
        ? "mend what keeps it, or delete it in Coder with --orphan, then run it again"
        : "mend the template or the parameters, then run it again",
  });
}

/** Waits until a build is over, well or badly. */
export function buildFinished(api: ApiClient, what: string, id: string): Promise<WorkspaceBuild> {
  return whenFinished(`a build of workspace ${what}`, async () => {
    const found = await api.get(`/workspacebuilds/${id}`, workspaceBuild);
    if (found) return found;
    throw new Failure("workspace-build-missing", `a build of workspace ${what} vanished`, {
      system: "Coder",
      fix: "run it again",
    });
  });
}

/** Cancels a build unless it is over. Gives it as it ended. */
export async function cancelled(
  api: ApiClient,
  what: string,
  build: WorkspaceBuild,
): Promise<WorkspaceBuild> {
  if (!isActive(build)) return build;
  try {
    await api.patch(`/workspacebuilds/${build.id}/cancel`, undefined, z.unknown());
  } catch (error) {
    // It was over before, or somebody cancelled it.
    if (!(error instanceof ApiFailure && error.status === 400)) throw error;
  }
  return buildFinished(api, what, build.id);
}
