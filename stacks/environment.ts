import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "../report/failure.ts";
import { checkShape, fileProblems } from "../schema/check-value.ts";
import { problemLine } from "../schema/print-problems.ts";
import type { Problem } from "../schema/problem.ts";
import { readYaml } from "../schema/read-yaml.ts";

const httpAddress = z.url({ protocol: /^https?$/, error: "an address, https://…" });

/** The environment does without this system: what tenants want of it is left out there. */
const none = z.literal("none");
const optionalServer = z
  .union([none, z.strictObject({ url: httpAddress })], { error: "{ url: https://… }, or none" })
  .optional();

/** GitHub's accounts are letters, digits and single hyphens. */
const githubName = z.string().regex(/^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$/, "a GitHub organization's name");

/** The catalog of Backstage that the environment's tenants are in. Absent: none is kept. */
const catalog = z.strictObject({
  /** One of the environment's systems. */
  system: z.enum(["gitea", "github"]),
  repository: z.string().regex(/^[^/\s]+\/[^/\s]+$/, "a repository as owner/name"),
  branch: z.string().min(1).default("main"),
  /** The folder in the repository, for a file a tenant. */
  path: z
    .string()
    .regex(/^(?![./])(?!.*(?:\/[./]|\/$))[^\\\s]+$/, "a folder's path, without a slash first or last")
    .default("tenants"),
});

/**
 * Where an environment's servers are. Addresses only: credentials come from the process's environment, under the names
 * in `environment-variables.ts`. A system that isn't here at all is an error as soon as a tenant wants it.
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
  keycloak: z.strictObject({ url: httpAddress }),
  mattermost: optionalServer,
  coder: optionalServer,
  gitea: optionalServer,
  github: z
    .union(
      [
        none,
        z.strictObject({
          /** github.com, a subdomain of ghe.com, or a GitHub Enterprise Server, without /api/v3. */
          url: httpAddress.default("https://github.com"),
          /** Where tenants' repositories and teams are. */
          organization: githubName,
        }),
      ],
      { error: "{ url, organization }, or none" },
    )
    .optional(),
  twenty: optionalServer,
  /** Terraform Cloud, or a Terraform Enterprise of one's own. */
  tfe: z
    .union(
      [
        none,
        z.strictObject({
          url: z
            .url({ protocol: /^https$/, error: "an address, https://…" })
            .default("https://app.terraform.io"),
          organization: z.string().min(1),
          /** Its connection to where the code is, by id: a GitHub App's (`ghain-…`), or an OAuth client's token (`ot-…`). */
          vcs: z
            .union([z.strictObject({ githubApp: z.string() }), z.strictObject({ oauthToken: z.string() })])
            .optional(),
        }),
      ],
      { error: "{ organization, url: https://app.terraform.io, vcs: { githubApp: ghain-… } }, or none" },
    )
    .optional(),
  mail: z
    .union(
      [
        none,
        z.strictObject({
          host: z.string().min(1),
          port: z.int().min(1).max(65_535).default(587),
          /** starttls: TLS after a greeting, always. implicit: TLS from the start. none: for a server on this machine. */
          tls: z.enum(["starttls", "implicit", "none"]).default("starttls"),
          /** The sender: `Accounts <accounts@example.com>`. */
          from: z.string().min(1),
        }),
      ],
      { error: "{ host, port, tls: starttls | implicit | none, from }, or none" },
    )
    .optional(),
  catalog: catalog.optional(),
});

const checked = environment
  .refine(({ catalog, ...systems }) => catalog === undefined || typeof systems[catalog.system] === "object", {
    path: ["catalog", "system"],
    error: "this environment has no such system",
  })
  .refine(
    ({ catalog, github }) => catalog?.system !== "github" || ownerOf(catalog) === organizationOf(github),
    {
      path: ["catalog", "repository"],
      error: "in GitHub, a repository of the environment's organization: its credentials are for that",
    },
  );

function ownerOf({ repository }: z.output<typeof catalog>): string {
  return repository.slice(0, repository.indexOf("/")).toLowerCase();
}

function organizationOf(github: z.output<typeof environment>["github"]): string | undefined {
  return typeof github === "object" ? github.organization.toLowerCase() : undefined;
}

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

/**
 * Reads an environment's file. Throws a {@link Failure}: `environment-unknown`, or `environment-invalid` with all that is
 * wrong, each with its line and column.
 */
export function loadEnvironment(root: string, name: string): Environment {
  const path = environmentFile(root, name);
  if (!existsSync(path)) {
    throw new Failure("environment-unknown", `environment ${name} has no file ${path}`, {
      fix: name === "local" ? "start it with: npx tenantry local up" : `describe its servers in ${path}`,
    });
  }
  // Its name as people know it is that from the project's folder on.
  const read = readYaml(join(root, "tenants"), path);
  if (!read.ok) throw invalid(read.problems);
  const { data, findings } = checkShape(checked, read.value, [read.file]);
  const problems = fileProblems([read.file], findings, [], true);
  if (data === undefined || problems.length > 0) throw invalid(problems);
  return data;
}

function invalid(problems: readonly Problem[]): Failure {
  return new Failure("environment-invalid", problems.map(problemLine).join("\n"), { fix: "mend the file" });
}
