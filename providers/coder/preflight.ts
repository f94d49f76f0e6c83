import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { coderApi, coderUrl, type Environment } from "./server.ts";

/** What Tenantry does on Coder, in the words of its own permissions. */
const checks = {
  "create accounts": { object: { resource_type: "user" }, action: "create" },
  "create templates": { object: { resource_type: "template", any_org: true }, action: "create" },
  "create workspaces for others": { object: { resource_type: "workspace", any_org: true }, action: "create" },
  "give roles": { object: { resource_type: "assign_role" }, action: "assign" },
} as const;

const buildInfo = z.object({ version: z.string(), dashboard_url: z.string() });
const answers = z.record(z.string(), z.boolean());

/**
 * Checks before a run that Coder answers at `CODER_URL`, and that `CODER_SESSION_TOKEN` may do what Tenantry does. Changes
 * nothing on the server.
 *
 * Throws a {@link Failure}: `credentials-missing`, `server-unreachable`, `certificate-untrusted`, `not-coder`,
 * `wrong-token`, `missing-privilege`, `server-error`.
 */
export async function checkCoder(environment: Environment): Promise<void> {
  const api = coderApi(environment);
  const info = await api.get("/buildinfo", buildInfo).catch((error: unknown) => {
    if (error instanceof Failure && error.code === "unexpected-answer") return undefined;
    throw error;
  });
  if (info === undefined) {
    throw new Failure("not-coder", `no Coder answers at ${coderUrl(environment)}`, {
      system: "Coder",
      fix: "check coder.url in the environment's file",
    });
  }
  const may = await api.post("/authcheck", { checks }, answers, { repeatable: true });
  const missing = Object.keys(checks).filter((name) => may[name] !== true);
  if (missing.length === 0) return;
  throw new Failure(
    "missing-privilege",
    `the account of CODER_SESSION_TOKEN may not ${missing.join(" or ")}`,
    {
      system: "Coder",
      fix: "make it a token of an account with the role owner",
    },
  );
}
