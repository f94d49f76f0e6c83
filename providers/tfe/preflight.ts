import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { apiOf, path, serverFrom, system, type Environment } from "./api.ts";

const organization = z.object({
  data: z.object({
    attributes: z.object({
      permissions: z.object({
        "can-create-workspace": z.boolean().default(true),
        "can-create-project": z.boolean().default(true),
      }),
    }),
  }),
});

/**
 * Checks that the server answers as Terraform Cloud does, that the token is let in, and that it may make projects and
 * workspaces in the organization. Changes nothing.
 *
 * Throws a {@link Failure}: `credentials-missing`, `server-unreachable`, `certificate-untrusted`, `not-terraform-cloud`,
 * `wrong-token`, `organization-unknown`, `missing-privilege`, `rate-limited`, `server-error`.
 */
export async function checkTfe(environment: Environment): Promise<void> {
  const server = serverFrom(environment);
  const found = await apiOf(server)
    .get(path`/organizations/${server.organization}`, organization)
    .catch((error: unknown) => {
      throw error instanceof ApiFailure && error.code === "unexpected-answer"
        ? notTerraformCloud(server.url)
        : error;
    });
  if (found === undefined) {
    throw new Failure(
      "organization-unknown",
      `there is no organization ${server.organization} that TFE_TOKEN may see`,
      {
        system,
        fix: "check tfe.organization in the environment's file, and whose token TFE_TOKEN is",
      },
    );
  }
  const missing = Object.entries(found.data.attributes.permissions).filter(([, allowed]) => !allowed);
  if (missing.length === 0) return;
  throw new Failure(
    "missing-privilege",
    `TFE_TOKEN's owner ${missing.map(([name]) => name.replace("can-", "can't ")).join(", ")}`,
    {
      system,
      fix: "let its team manage projects and workspaces of the organization",
    },
  );
}

function notTerraformCloud(url: string): Failure {
  return new Failure("not-terraform-cloud", `${url} does not answer as Terraform Cloud does`, {
    system,
    fix: "check tfe.url in the environment's file",
  });
}
