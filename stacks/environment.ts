import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { Failure } from "../report/failure.ts";

/**
 * Where an environment's servers are. Addresses only: credentials come from the process's environment, under the names
 * that each system's own tools use (`PGUSER`, `PGPASSWORD`; `KEYCLOAK_CLIENT_ID`, `KEYCLOAK_USER`, `KEYCLOAK_PASSWORD`
 * or `KEYCLOAK_CLIENT_SECRET`).
 */
const environment = z.strictObject({
  postgres: z.strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(5432),
    sslmode: z.enum(["disable", "require", "verify-ca", "verify-full"]).default("verify-full"),
    /** The database that the administrator connects to first. */
    database: z.string().min(1).default("postgres"),
    /** The locale of databases that are made from now on. Default: en_US.UTF-8 where the server has it, else C.UTF-8. */
    locale: z.string().min(1).optional(),
  }),
  keycloak: z.strictObject({ url: z.url() }),
});

export type Environment = z.output<typeof environment>;

/** A stack's name is `<environment>.<tenant>`. */
export interface StackName {
  readonly environment: string;
  readonly tenant: string;
}

/** Takes a stack name apart. Throws a {@link Failure} `stack-name` when it has no tenant. */
export function parseStackName(name: string): StackName {
  const dot = name.indexOf(".");
  if (dot <= 0 || dot === name.length - 1) {
    throw new Failure("stack-name", `stack ${name} names no tenant`, {
      fix: "name stacks <environment>.<tenant>, for example local.acme",
    });
  }
  return { environment: name.slice(0, dot), tenant: name.slice(dot + 1) };
}

/** The file that describes an environment; `local`'s is written by `tenantry local up`. */
export function environmentFile(root: string, name: string): string {
  return name === "local"
    ? join(root, ".tenantry", "local", "environment.yaml")
    : join(root, "stacks", "environments", `${name}.yaml`);
}

/** Reads an environment's file. Throws a {@link Failure} `environment-unknown` or `environment-invalid`. */
export function loadEnvironment(root: string, name: string): Environment {
  const file = environmentFile(root, name);
  if (!existsSync(file)) {
    throw new Failure("environment-unknown", `environment ${name} has no file ${file}`, {
      fix: name === "local" ? "start it with: npx tenantry local up" : `describe its servers in ${file}`,
    });
  }
  const document = parseDocument(readFileSync(file, "utf8"));
  const [syntaxError] = document.errors;
  const result = environment.safeParse(document.toJS());
  if (syntaxError === undefined && result.success) return result.data;
  const reason = syntaxError?.message ?? (result.error && z.prettifyError(result.error));
  throw new Failure("environment-invalid", `${file}:\n${reason ?? ""}`, { fix: "mend the file" });
}
