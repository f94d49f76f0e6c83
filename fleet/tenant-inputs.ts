import { createHash, createHmac, scryptSync } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { admits } from "../components/admission.ts";
import { type Tenant, username } from "../schema/tenant.ts";
import type { Environment } from "../stacks/environment.ts";
import { settingsFile } from "./settings-file.ts";

/** What one tenant's deployment is made from, short enough to be kept and compared. */
export interface TenantInputs {
  /** Hexadecimal SHA-256 of everything but the tenant: program, environment, secrets, files that the tenant names. */
  readonly rest: string;
  /** The tenant, merged with its layers, without what changes no deployment. */
  readonly tenant: Readonly<Record<string, unknown>>;
}

interface Surroundings {
  /** The project's folder. */
  readonly root: string;
  /** The stack's name. */
  readonly stack: string;
  readonly environment: Environment;
  /** `ProgramDigest`'s. */
  readonly program: string;
  /** The variables that references to secrets mean. */
  readonly variables: NodeJS.ProcessEnv;
  /** Keys the fingerprints of secrets; without it a tenant that refers to secrets has no inputs that can be known. */
  readonly secretKey: () => Buffer | undefined;
  /** YYYY-MM-DD, in UTC. */
  readonly today: string;
}

/** Gathers a tenant's inputs. Undefined: there are some whose change couldn't be seen. */
export function tenantInputs(tenant: Tenant, around: Surroundings): TenantInputs | undefined {
  const { root, stack, environment, program, variables, today } = around;
  // Which drift is ignored changes what is reported, not what is deployed.
  const deployed = Object.fromEntries(Object.entries(tenant).filter(([key]) => key !== "drift"));
  const references = secretReferences(deployed);
  const key = references.length > 0 ? around.secretKey() : undefined;
  if (references.length > 0 && key === undefined) return undefined;
  const rest = {
    program,
    environment,
    // A person's last day passes without any file changing.
    shutOut: tenant.users.filter((user) => admits({ today }, user) === false).map(username),
    secrets: references.map((name) => [name, fingerprint(variables[name], key)]),
    sources: sourcesOf(tenant).map((path) => [path, contentDigest(join(root, path))]),
    config: configuration(settingsFile(root, stack)),
  };
  return { rest: sha256(JSON.stringify(rest)), tenant: deployed };
}

/** Hexadecimal SHA-256 of all inputs. */
export function inputsDigest(inputs: TenantInputs): string {
  return sha256(JSON.stringify(inputs));
}

/** The files and folders of the project, whatever folder they are in, that a tenant has read into its deployment. */
export function sourcesOf({ sourceControl, workspaces }: Tenant): string[] {
  const files = sourceControl.repositories.flatMap((repository) => repository.files);
  const sources = files.flatMap(({ source }) => source ?? []);
  return [...new Set([...sources, ...workspaces.templates.map(({ folder }) => folder)])].sort();
}

/** Derives the key for fingerprints of secrets from the passphrase that encrypts those in the state; undefined without one. */
export function secretKeyFrom(variables: NodeJS.ProcessEnv): () => Buffer | undefined {
  let key: Buffer | undefined;
  return () => {
    const passphrase = passphraseIn(variables);
    // Slow on purpose, and once a run: who has the fingerprints can't try passphrases fast.
    if (passphrase !== undefined) key ??= scryptSync(passphrase, "tenantry inputs", 32);
    return key;
  };
}

function passphraseIn(variables: NodeJS.ProcessEnv): string | undefined {
  const { PULUMI_CONFIG_PASSPHRASE: given, PULUMI_CONFIG_PASSPHRASE_FILE: file } = variables;
  if (given) return given;
  try {
    return file ? readFileSync(file, "utf8").trim() || undefined : undefined;
  } catch {
    return undefined;
  }
}

/** The names of the variables that a tenant refers to as `env:NAME`. */
function secretReferences(value: unknown): string[] {
  const names = [...JSON.stringify(value).matchAll(/"env:([A-Z][A-Z0-9_]*)"/g)];
  return [...new Set(names.map(([, name = ""]) => name))].sort();
}

function fingerprint(secret: string | undefined, key: Buffer | undefined): string {
  return secret === undefined || key === undefined
    ? "not set"
    : createHmac("sha256", key).update(secret).digest("hex");
}

/** Of a file, or of all files in a folder; `missing` when there's nothing. */
function contentDigest(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return "missing";
  if (!stat.isDirectory()) return sha256(readFileSync(path));
  const entries = readdirSync(path).sort();
  return sha256(JSON.stringify(entries.map((name) => [name, contentDigest(join(path, name))])));
}

const stackFile = z.looseObject({ config: z.unknown().optional() }).nullish();

/** A stack's own configuration. The file also says how its secrets are encrypted, which is made with the stack. */
function configuration(path: string): unknown {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return {};
  const text = readFileSync(path, "utf8");
  const document = parseDocument(text);
  const read = stackFile.safeParse(document.errors.length === 0 ? document.toJS() : undefined);
  // What can't be understood here, the engine refuses with better words.
  return document.errors.length === 0 && read.success ? (read.data?.config ?? {}) : sha256(text);
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
