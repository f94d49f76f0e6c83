import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { ApiFailure } from "../http/api-failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { durationText, milliseconds } from "./duration.ts";
import { isActive } from "./provisioner-job.ts";
import { coderApi, coderUrl, type Environment } from "./server.ts";
import {
  build,
  buildFinished,
  buildsOf,
  cancelled,
  parametersOf,
  requireBuilt,
  workspaceBuild,
} from "./workspace-build.ts";
import {
  workspaceInputs,
  workspaceOutputs,
  type WorkspaceInputs,
  type WorkspaceOutputs,
} from "./workspace-inputs.ts";

const system = "Coder";

const workspace = z.object({
  id: z.string(),
  name: z.string(),
  owner_name: z.string(),
  template_id: z.string(),
  template_active_version_id: z.string(),
  automatic_updates: z.string(),
  autostart_schedule: z.string().nullable().default(""),
  ttl_ms: z.int().nullable().default(0),
  latest_build: workspaceBuild,
});
const me = z.object({ id: z.string() });

type Workspace = z.output<typeof workspace>;

/** Makes the implementation with the administrator's credentials from an environment. */
export function configure(environment: Environment): Implementation<WorkspaceInputs, WorkspaceOutputs> {
  const withUrl = (inputs: WorkspaceInputs): WorkspaceOutputs => ({
    ...inputs,
    url: `${coderUrl(environment)}/@${inputs.owner}/${inputs.name}`,
  });

  return {
    inputs: workspaceInputs,
    outputs: workspaceOutputs,
    // Renaming is off on most servers, and a workspace can't move to another template.
    replaceOn: ["name", "template"],

    create: async (news) => {
      const api = coderApi(environment);
      const { thing: found, isNew } = await createOnce({
        find: () => findOurs(api, news),
        make: () => make(api, news),
      });
      if (!isNew) await settle(api, found, news);
      else {
        const { id } = await requireBuilt(api, nameOf(news), found.latest_build);
        await requireParameters(api, news, id);
        // The template may have a time of its own for workspaces that declare none.
        await settleTimes(api, found, news);
      }
      return { id: found.id, outputs: withUrl(news) };
    },

    read: async (id, state) => {
      const api = coderApi(environment);
      const found = await at(api, id);
      return found && withUrl(await asFound(api, found, state));
    },

    update: async (id, _olds, news) => {
      const api = coderApi(environment);
      const found = await at(api, id);
      if (!found) throw removedByHand(system, "workspace", nameOf(news));
      await settle(api, found, news);
      return withUrl(news);
    },

    delete: async (id, state) => {
      const api = coderApi(environment);
      const found = await at(api, id);
      if (!found) return;
      const { latest_build: last } = found;
      if (last.transition === "delete" && isActive(last)) {
        await requireBuilt(api, nameOf(state), last);
        return;
      }
      const before = await cancelled(api, nameOf(state), last);
      await build(api, nameOf(state), id, before, { transition: "delete" });
    },
  };
}

const nameOf = ({ owner, name }: WorkspaceInputs): string => `${owner}/${name}`;

/** The workspace of an id; undefined when it was deleted, which the server tells from one that never was. */
async function at(api: ApiClient, id: string): Promise<Workspace | undefined> {
  try {
    return await api.get(`/workspaces/${id}`, workspace);
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 410) return undefined;
    throw error;
  }
}

/**
 * The owner's workspace of that name, if it may be taken. Nothing can be noted on a workspace: ours is one that nobody
 * but this token's account ever had built, from the same template.
 */
async function findOurs(api: ApiClient, news: WorkspaceInputs): Promise<Workspace | undefined> {
  const found = await api.get(`/users/${news.owner}/workspace/${news.name}`, workspace);
  if (!found) return undefined;
  const isSame = found.template_id === news.template;
  if (isSame && (news.adopt || (await wasBuiltByUs(api, found)))) return found;
  throw new Failure(
    "workspace-not-ours",
    `a workspace ${nameOf(news)} exists that this tenant did not make`,
    {
      system,
      fix: isSame
        ? "set adopt: true on the person in the tenant's file to take it over, choose another name, or have its owner delete it"
        : "it is made from another template: choose another name, or have its owner delete it",
    },
  );
}

async function wasBuiltByUs(api: ApiClient, { id }: Workspace): Promise<boolean> {
  const [us, builds] = [await api.get("/users/me", me), await buildsOf(api, id)];
  return builds.every(
    ({ initiator_id, reason }) => initiator_id === us?.id || ["autostart", "autostop"].includes(reason),
  );
}

async function make(api: ApiClient, news: WorkspaceInputs): Promise<Workspace> {
  const body = {
    template_id: news.template,
    name: news.name,
    // So that a new version of the template reaches it at its next start.
    automatic_updates: "always",
    rich_parameter_values: richValues(news.parameters),
    ...(news.autostart !== "" && { autostart_schedule: news.autostart }),
    ...(news.ttl !== "" && { ttl_ms: milliseconds(news.ttl) }),
  };
  return api.post(`/users/${news.owner}/workspaces`, body, workspace);
}

/** Brings the workspace to its inputs; has it built when its parameters differ or its last build failed. */
async function settle(api: ApiClient, found: Workspace, news: WorkspaceInputs): Promise<void> {
  if (found.owner_name !== news.owner) throw wrongOwner(found, news);
  await settleTimes(api, found, news);
  const last = await buildFinished(api, nameOf(news), found.latest_build.id);
  const has = await parametersOf(api, last.id);
  const isBuilt = last.job.status !== "failed";
  if (isBuilt && isDeepStrictEqual(has, { ...has, ...news.parameters })) return;
  // What was stopped stays stopped.
  const isStart = last.transition !== "stop";
  const next = await build(api, nameOf(news), found.id, last, {
    transition: isStart ? "start" : "stop",
    rich_parameter_values: richValues(news.parameters),
    ...(isStart && { template_version_id: found.template_active_version_id }),
  });
  await requireParameters(api, news, next.id);
}

async function settleTimes(api: ApiClient, found: Workspace, news: WorkspaceInputs): Promise<void> {
  if ((found.autostart_schedule ?? "") !== news.autostart) {
    await api.put(`/workspaces/${found.id}/autostart`, { schedule: news.autostart }, z.unknown());
  }
  if (durationText(found.ttl_ms ?? 0) !== news.ttl) {
    await api.put(`/workspaces/${found.id}/ttl`, { ttl_ms: milliseconds(news.ttl) ?? null }, z.unknown());
  }
  if (found.automatic_updates !== "always") {
    await api.put(`/workspaces/${found.id}/autoupdates`, { automatic_updates: "always" }, z.unknown());
  }
}

/** Makes sure that a build has the declared values: the server drops those of parameters that a template doesn't have. */
async function requireParameters(api: ApiClient, news: WorkspaceInputs, buildId: string): Promise<void> {
  const has = await parametersOf(api, buildId);
  const wrong = Object.entries(news.parameters).filter(([name, value]) => has[name] !== value);
  if (wrong.length === 0) return;
  const unknown = wrong.map(([name]) => name).filter((name) => !(name in has));
  if (unknown.length === 0) {
    throw new Failure(
      "workspace-busy",
      `somebody else had workspace ${nameOf(news)} built at the same time`,
      {
        system,
        fix: "run it again",
      },
    );
  }
  throw new Failure(
    "parameter-unknown",
    `the template of workspace ${nameOf(news)} has no parameter ${unknown.join(" or ")}`,
    { system, fix: `it has ${Object.keys(has).join(", ") || "none"}: correct the name in the tenant's file` },
  );
}

/** The workspace in the words of the inputs. Parameters that aren't declared are its owner's business. */
async function asFound(api: ApiClient, found: Workspace, state: WorkspaceInputs): Promise<WorkspaceInputs> {
  const { latest_build: last } = found;
  const has = isActive(last) ? state.parameters : await parametersOf(api, last.id);
  const declared = Object.keys(state.parameters).filter((name) => name in has);
  return {
    ...state,
    name: found.name,
    owner: found.owner_name,
    template: found.template_id,
    parameters: Object.fromEntries(declared.map((name) => [name, has[name] ?? ""])),
    autostart: found.autostart_schedule ?? "",
    ttl: durationText(found.ttl_ms ?? 0),
    build: last.job.status === "failed" ? "failed" : "succeeded",
  };
}

const richValues = (parameters: Readonly<Record<string, string>>): { name: string; value: string }[] =>
  Object.entries(parameters).map(([name, value]) => ({ name, value }));

function wrongOwner(found: Workspace, news: WorkspaceInputs): Failure {
  return new Failure(
    "workspace-owner-fixed",
    `workspace ${found.owner_name}/${found.name} can't become ${news.owner}'s`,
    { system, fix: "declare a workspace of its own for the other person" },
  );
}
