import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { sameSecret } from "../same-secret.ts";
import type { Answer, StandIn } from "./stand-in.ts";

/**
 * GitHub's REST API under `/api/v3`, as GitHub Enterprise Server has it, for whoever has the owner's token.
 * `POST /stand-in/users` with a `login` makes an account; GitHub itself has no such call.
 */
export function standIn(github: StandIn): Server {
  return createServer((request, response) => {
    void answerTo(request, github)
      .catch((error: unknown) => refused(500, String(error)))
      .then(({ status, headers, body }) => {
        const kept = Object.entries(headers).filter(
          ([name]) => !["connection", "transfer-encoding"].includes(name),
        );
        response.writeHead(status, {
          ...Object.fromEntries(kept),
          "x-served-by": "tenantry stand-in for GitHub",
        });
        response.end(body);
      });
  });
}

async function answerTo(request: IncomingMessage, github: StandIn): Promise<Answer> {
  const { method = "GET", url = "/", headers } = request;
  const body = await text(request);
  if (!isToken(headers.authorization, github.token)) return refused(401, "Bad credentials");
  if (url === "/stand-in/users" && method === "POST") {
    await github.addUser(z.object({ login: z.string().regex(/^[\w-]+$/) }).parse(JSON.parse(body)).login);
    return { status: 204, headers: {}, body: Buffer.alloc(0) };
  }
  return github.call({ method, path: url.replace(/^\/api\/v3(?=\/)/, ""), body, headers });
}

/** The emulator takes any token for its first user's. */
function isToken(authorization: string | undefined, token: string): boolean {
  const given = /^(?:Bearer|token) (.+)$/i.exec(authorization ?? "")?.[1] ?? "";
  return sameSecret(given, token);
}

function refused(status: number, message: string): Answer {
  const body = Buffer.from(JSON.stringify({ message, documentation_url: "https://docs.github.com/rest" }));
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body };
}
