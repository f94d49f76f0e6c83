import { z } from "zod";
import { parseQuery, pick, type Selection } from "./graphql-query.ts";
import { capital, kinds, type Kind } from "./kinds.ts";
import { cursorOf, pageOf } from "./page.ts";
import { RecordStore } from "./record-store.ts";
import { Refusal } from "./refusal.ts";
import type { Answer } from "./rest.ts";
import type { Row, Workspace } from "./workspace.ts";

type Arguments = Readonly<Record<string, unknown>>;
type Resolver = (args: Arguments) => unknown;

const request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() });
const object = z.record(z.string(), z.unknown());

/** Answers `/graphql`: people, companies, and who is a member. GraphQL says refusals inside an answer of status 200. */
export function answerGraphql(workspace: Workspace, body: unknown): Answer {
  const all: Record<string, Resolver> = {
    workspaceMembers: connection(() => workspace.rows("workspaceMembers")),
  };
  for (const kind of kinds) Object.assign(all, resolversOf(workspace, kind));
  return answer(body, all);
}

/** Answers `/metadata`: invitations, as far as an API key may deal with them. */
export function answerMetadata(workspace: Workspace, body: unknown): Answer {
  return answer(body, {
    findWorkspaceInvitations: () => workspace.invitations,
    deleteWorkspaceInvitation: ({ appTokenId }) => {
      const rest = workspace.invitations.filter(({ id }) => id !== appTokenId);
      if (rest.length === workspace.invitations.length) return "error";
      workspace.invitations = rest;
      return "success";
    },
    sendInvitations: refuseKey,
    resendWorkspaceInvitation: refuseKey,
    deleteUserFromWorkspace: refuseKey,
  });
}

/** What takes a person who has signed in. */
function refuseKey(): never {
  throw new Refusal(403, "This endpoint requires a user context. API keys are not supported.");
}

function resolversOf(workspace: Workspace, kind: Kind): Record<string, Resolver> {
  const store = new RecordStore(workspace, kind);
  const id = (args: Arguments): string => z.string().parse(args["id"]);
  const data = (args: Arguments): Arguments => object.parse(args["data"]);
  const One = capital(kind.one);
  return {
    [kind.table]: connection(() => store.all),
    [kind.one]: ({ filter }) => {
      const [row] = pageOf(store.all, object.parse(filter ?? {}), 1, undefined).rows;
      if (row === undefined) throw new Refusal(404, "Record not found");
      return row;
    },
    [`create${One}`]: (args) => store.create(data(args)),
    [`update${One}`]: (args) => store.update(id(args), data(args)),
    [`delete${One}`]: (args) => store.delete(id(args)),
    [`restore${One}`]: (args) => store.restore(id(args)),
    [`destroy${One}`]: (args) => store.destroy(id(args)),
  };
}

function connection(all: () => readonly Row[]): Resolver {
  return ({ filter, first, after }) => {
    const limit = z.int().min(0).max(60).default(60).parse(first);
    const page = pageOf(all(), object.parse(filter ?? {}), limit, z.string().optional().parse(after));
    const { rows, ...rest } = page;
    return { ...rest, edges: rows.map((node) => ({ node, cursor: cursorOf(node) })) };
  };
}

function answer(body: unknown, resolvers: Readonly<Record<string, Resolver>>): Answer {
  try {
    const { query, variables } = request.parse(body);
    const data = parseQuery(query, variables ?? {}).map((selection): [string, unknown] => [
      selection.key,
      resolve(selection, resolvers),
    ]);
    return { status: 200, body: { data: Object.fromEntries<unknown>(data) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, code } = error;
    const status = code.startsWith("GRAPHQL_") ? 400 : 200;
    return { status, body: { errors: [{ message, extensions: { code } }], data: null } };
  }
}

function resolve({ name, args, fields }: Selection, resolvers: Readonly<Record<string, Resolver>>): unknown {
  const resolver = resolvers[name];
  if (resolver === undefined) {
    throw new Refusal(400, `Cannot query field "${name}".`, undefined, "GRAPHQL_VALIDATION_FAILED");
  }
  return pick(resolver(args), fields);
}
