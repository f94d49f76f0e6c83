import { z } from "zod";
import { parseFilter } from "./condition.ts";
import { capital, kinds } from "./kinds.ts";
import { pageOf } from "./page.ts";
import { RecordStore } from "./record-store.ts";
import { notTaught, Refusal } from "./refusal.ts";
import type { Row, Workspace } from "./workspace.ts";

export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const values = z.record(z.string(), z.unknown());
const taught = ["depth", "limit", "filter", "starting_after", "soft_delete"];

/** Answers a call below `/rest`. Throws a {@link Refusal}. */
export function answerRest(workspace: Workspace, { method, url, body }: Call): Answer {
  const [, , many = "", id, action, ...more] = url.pathname.split("/");
  const unknown = [...url.searchParams.keys()].find((name) => !taught.includes(name));
  if (unknown !== undefined) throw notTaught(`the parameter ${unknown}`);
  if (more.length > 0) throw notTaught(url.pathname);
  if (many === "workspaceMembers") return answerMembers(workspace, method, url, id);

  const kind = kinds.find(({ table }) => table === many);
  if (kind === undefined) throw new Refusal(400, `object '${many}' not found`);
  const store = new RecordStore(workspace, kind);
  const shown = (row: Row): Row => withRelations(workspace, row, depthOf(url));
  const done = (verb: string, row: unknown, status = 200): Answer => ({
    status,
    body: { data: { [`${verb}${capital(kind.one)}`]: row } },
  });

  if (id === undefined && method === "GET") return list(store.all.map(shown), many, url);
  if (id === undefined && method === "POST")
    return done("create", shown(store.create(values.parse(body))), 201);
  if (id === undefined) throw notTaught(`${method} ${url.pathname}`);
  if (action === "restore" && method === "PATCH") return done("restore", shown(store.restore(id)));
  if (action !== undefined) throw notTaught(`${method} ${url.pathname}`);
  if (method === "GET") return { status: 200, body: { data: { [kind.one]: shown(store.get(id)) } } };
  if (method === "PATCH" || method === "PUT")
    return done("update", shown(store.update(id, values.parse(body))));
  if (method !== "DELETE") throw notTaught(`${method} ${url.pathname}`);
  const soft = url.searchParams.get("soft_delete") === "true";
  return done("delete", { id: (soft ? store.delete(id) : store.destroy(id)).id });
}

/** Members come and go by signing in: no API key makes or removes one. */
function answerMembers(workspace: Workspace, method: string, url: URL, id: string | undefined): Answer {
  const members = workspace.rows("workspaceMembers");
  if (method === "GET" && id === undefined) return list(members, "workspaceMembers", url);
  if (method === "DELETE" && url.searchParams.get("soft_delete") === "true") {
    throw new Refusal(400, "Please use /deleteUserFromWorkspace to remove a workspace member.");
  }
  if (method === "GET") throw notTaught(`GET ${url.pathname}`);
  throw new Refusal(403, "Entity performing the request does not have permission");
}

function list(all: readonly Row[], many: string, url: URL): Answer {
  const filter = url.searchParams.get("filter");
  const limit = Number(url.searchParams.get("limit") ?? 60);
  if (!Number.isInteger(limit) || limit < 0) {
    throw new Refusal(400, `limit '${url.searchParams.get("limit") ?? ""}' is invalid. Should be an integer`);
  }
  const after = url.searchParams.get("starting_after") ?? undefined;
  const { rows, ...page } = pageOf(
    all,
    filter === null ? {} : parseFilter(filter),
    Math.min(limit, 60),
    after,
  );
  return { status: 200, body: { data: { [many]: rows }, ...page } };
}

function depthOf(url: URL): number {
  const depth = url.searchParams.get("depth") ?? "0";
  if (depth === "0" || depth === "1") return Number(depth);
  throw new Refusal(400, `'depth=${depth}' parameter invalid. Allowed values are 0, 1`);
}

/** With depth 1, the records that a record names. */
function withRelations(workspace: Workspace, row: Row, depth: number): Row {
  if (depth === 0 || !("companyId" in row)) return row;
  return { ...row, company: workspace.rows("companies").find(({ id }) => id === row["companyId"]) ?? null };
}
