import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { sameSecret } from "../same-secret.ts";
import { answerGraphql, answerMetadata } from "./graphql.ts";
import { homePage, recordPage } from "./pages.ts";
import { notTaught, Refusal } from "./refusal.ts";
import { answerRest, type Answer, type Call } from "./rest.ts";
import type { Workspace } from "./workspace.ts";

/**
 * The stand-in for Twenty: its people, companies, members and invitations over HTTP, written from Twenty's public
 * contract and far from all of it. What it was not taught it answers with 501.
 */
export function standIn(workspace: Workspace, key: string): Server {
  return createServer((request, response) => {
    void answerTo(request, workspace, key).then(({ status, body }) => {
      const page = typeof body === "string";
      response.writeHead(status, {
        "content-type": page ? "text/html; charset=utf-8" : "application/json",
        "x-served-by": "tenantry stand-in for Twenty",
      });
      response.end(page ? body : JSON.stringify(body));
    });
  });
}

async function answerTo(request: IncomingMessage, workspace: Workspace, key: string): Promise<Answer> {
  const { method = "GET" } = request;
  const url = new URL(request.url ?? "/", "http://stand-in");
  try {
    if (method === "GET" && url.pathname === "/") return homePage(workspace);
    if (method === "GET" && url.pathname.startsWith("/object/")) return recordPage(workspace, url);
    if (method === "GET" && url.pathname === "/healthz") return { status: 200, body: { status: "ok" } };
    authenticate(request, key);
    return answerApi(workspace, { method, url, body: jsonOf(await text(request)) });
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    if (error instanceof z.ZodError) return refused(new Refusal(400, z.prettifyError(error)));
    return refused(new Refusal(500, String(error)));
  }
}

function answerApi(workspace: Workspace, call: Call): Answer {
  const { method, url, body } = call;
  if (url.pathname.startsWith("/rest/")) return answerRest(workspace, call);
  if (method === "POST" && url.pathname === "/graphql") return answerGraphql(workspace, body);
  if (method === "POST" && url.pathname === "/metadata") return answerMetadata(workspace, body);
  if (method === "POST" && url.pathname === "/stand-in/members") return addMember(workspace, body);
  if (method === "POST" && url.pathname === "/stand-in/invitations") return addInvitation(workspace, body);
  throw url.pathname.startsWith("/stand-in/")
    ? notTaught(url.pathname)
    : new Refusal(404, `Cannot ${method} ${url.pathname}`);
}

const somebody = z.strictObject({ email: z.email() });

/** What happens in Twenty when somebody signs in for the first time. Twenty itself has no such call. */
function addMember(workspace: Workspace, body: unknown): Answer {
  const { email } = somebody.parse(body);
  const row = { id: randomUUID(), userId: randomUUID(), userEmail: email, deletedAt: null };
  workspace.put("workspaceMembers", row);
  workspace.invitations = workspace.invitations.filter((invitation) => invitation.email !== email);
  return { status: 201, body: row };
}

/** What happens in Twenty when a member invites somebody. Twenty itself wants a person who has signed in for it. */
function addInvitation(workspace: Workspace, body: unknown): Answer {
  const { email } = somebody.parse(body);
  const expiresAt = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000).toISOString();
  const invitation = { id: randomUUID(), email, expiresAt };
  workspace.invitations = [...workspace.invitations, invitation];
  return { status: 201, body: invitation };
}

function authenticate(request: IncomingMessage, key: string): void {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) throw new Refusal(403, "Missing authentication token", "FORBIDDEN_EXCEPTION");
  if (!sameSecret(token, key)) throw new Refusal(401, "Token invalid.", "UNAUTHENTICATED");
}

function jsonOf(body: string): unknown {
  if (body === "") return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, "the body is no JSON");
  }
}

function refused({ status, error, message }: Refusal): Answer {
  return { status, body: { statusCode: status, error, messages: [message] } };
}
