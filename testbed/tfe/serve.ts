import { createServer, type Server } from "node:https";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { sameSecret } from "../same-secret.ts";
import type { Answer, Route } from "./call.ts";
import { notificationRoutes } from "./notifications.ts";
import { organizationRoutes, seed } from "./organizations.ts";
import { projectRoutes } from "./projects.ts";
import { notTaught, Refusal } from "./refusal.ts";
import { runTriggerRoutes } from "./run-triggers.ts";
import { stateVersionRoutes } from "./state-versions.ts";
import type { Store } from "./store.ts";
import { tagRoutes } from "./tags.ts";
import { teamRoutes } from "./teams.ts";
import { variableSetRoutes } from "./variable-sets.ts";
import { variableRoutes } from "./variables.ts";
import { workspaceRoutes } from "./workspaces.ts";

const routes: readonly (Route & { readonly pattern: URLPattern })[] = [
  ...organizationRoutes,
  ...projectRoutes,
  ...workspaceRoutes,
  ...tagRoutes,
  ...variableRoutes,
  ...variableSetRoutes,
  ...teamRoutes,
  ...notificationRoutes,
  ...runTriggerRoutes,
  ...stateVersionRoutes,
].map((route) => ({ ...route, pattern: new URLPattern({ pathname: `/api/v2${route.path}` }) }));

/** Where clients find the API (https://developer.hashicorp.com/terraform/internals/remote-service-discovery). */
const discovery = {
  "state.v2": "/api/v2/",
  "tfe.v2": "/api/v2/",
  "tfe.v2.1": "/api/v2/",
  "tfe.v2.2": "/api/v2/",
};

/** The certificate that it shows, and its key, as PEM. */
interface Identity {
  readonly cert: string;
  readonly key: string;
}

/**
 * The stand-in for Terraform Cloud: what Tenantry uses of its API, version 2, written from the public documentation
 * (https://developer.hashicorp.com/terraform/cloud-docs/api-docs). What it was not taught it answers with 501.
 */
export function standIn(store: Store, token: string, identity: Identity): Server {
  seed(store);
  return createServer(identity, (request, response) => {
    void answerTo(request, store, token).then(({ status, body }) => {
      response.writeHead(status, {
        "content-type": isApi(request) ? "application/vnd.api+json" : "application/json",
        "tfp-api-version": "2.6",
        "tfp-appname": "HCP Terraform",
        "x-served-by": "tenantry stand-in for Terraform Cloud",
      });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
}

const isApi = ({ url = "/" }: IncomingMessage): boolean => url.startsWith("/api/v2/");

async function answerTo(request: IncomingMessage, store: Store, token: string): Promise<Answer> {
  const url = new URL(request.url ?? "/", "https://stand-in");
  try {
    if (url.pathname === "/.well-known/terraform.json") return { status: 200, body: discovery };
    if (url.pathname === "/api/v2/ping") return { status: 204 };
    authenticate(request, token);
    return answerApi(request.method ?? "GET", url, store, jsonOf(await text(request)));
  } catch (error) {
    const refusal = refusalOf(error);
    return { status: refusal.status, body: refusal.body };
  }
}

function answerApi(method: string, url: URL, store: Store, body: unknown): Answer {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(url) : null;
    if (match === null) continue;
    const params = parameters.parse(match.pathname.groups);
    return route.answer({ store, params, query: url.searchParams, body });
  }
  throw notTaught(`${method} ${url.pathname}`);
}

const parameters = z.record(z.string(), z.string().default("").transform(decodeURIComponent));

/** Terraform Cloud tells who has no valid token nothing but this. */
function authenticate({ headers }: IncomingMessage, token: string): void {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
  if (!sameSecret(given, token)) throw new Refusal(401, "unauthorized");
}

function jsonOf(body: string): unknown {
  if (body === "") return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, "bad request", "the body is no JSON");
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof z.ZodError) return new Refusal(422, "invalid attribute", z.prettifyError(error));
  return new Refusal(500, "internal server error", String(error));
}
