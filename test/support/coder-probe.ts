import { setTimeout as sleep } from "node:timers/promises";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { coderApi, coderUrl } from "../../providers/coder/server.ts";

/** The environment of the provider, with the server's address behind a proxy or as it is. */
export function environment(url = coderUrl(process.env)): Record<string, string | undefined> {
  return { ...process.env, CODER_URL: url };
}

/** A name that no other run has. */
export const unique = (name: string): string => `${name}-${randomBytes(4).toString("hex")}`;

/** The server's API, as its owner: for looking, and for changing things by hand. */
export const byHand = coderApi(process.env);

/** Signs a person in; gives their session, or undefined when the server refuses. */
export async function signIn(email: string, password = ""): Promise<string | undefined> {
  const answer = await fetch(`${coderUrl(process.env)}/api/v2/users/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (answer.status === 401) return undefined;
  return z.object({ session_token: z.string() }).parse(await answer.json()).session_token;
}

/** The username that a session is of; undefined when it is none any more. */
export async function whoIs(session: string | undefined): Promise<string | undefined> {
  const api = coderApi({ ...process.env, CODER_SESSION_TOKEN: session ?? "none" });
  const me = await api.get("/users/me", z.object({ username: z.string() })).catch(() => undefined);
  return me?.username;
}

/** Deletes accounts of a run and whatever they have. */
export async function wipeAccounts(prefix: string): Promise<void> {
  const found = await byHand.get(
    `/users?q=${prefix}`,
    z.object({ users: z.array(z.object({ id: z.string() })) }),
  );
  for (const { id } of found?.users ?? []) await byHand.delete(`/users/${id}`);
}

/** Deletes templates of a run and every workspace that is made from them. */
export async function wipeTemplates(prefix: string): Promise<void> {
  const all = await byHand.get("/templates", z.array(z.object({ id: z.string(), name: z.string() })));
  const ours = (all ?? []).filter(({ name }) => name.startsWith(prefix));
  for (const { id, name } of ours) {
    const of = `/workspaces?q=${encodeURIComponent(`template:${name}`)}`;
    for (const workspace of (await byHand.get(of, workspaces))?.workspaces ?? []) {
      await deleteWorkspace(workspace.id);
    }
    await byHand.delete(`/templates/${id}`);
  }
}

const workspaces = z.object({ workspaces: z.array(z.object({ id: z.string() })) });
const build = z.object({ id: z.string(), job: z.object({ status: z.string() }) });

/** Deletes a workspace by hand, after its present build, and waits for it. */
export async function deleteWorkspace(id: string): Promise<void> {
  await finishedBuild(id);
  await byHand.post(`/workspaces/${id}/builds`, { transition: "delete" }, build);
  await finishedBuild(id);
}

/** Waits for the present build of a workspace, and gives how it ended. */
export async function finishedBuild(id: string): Promise<string> {
  for (;;) {
    const found = await byHand.get(
      `/workspaces/${id}?include_deleted=true`,
      z.object({ latest_build: build }),
    );
    const status = found?.latest_build.job.status ?? "gone";
    if (!["pending", "running", "canceling"].includes(status)) return status;
    await sleep(200);
  }
}
