import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "../report/failure.ts";
import {
  addressVariables,
  credentialNames,
  missingCredentials,
  unusedCredentials,
} from "../stacks/environment-variables.ts";
import { loadEnvironment, type Environment } from "../stacks/environment.ts";
import { readRecord } from "../testbed/record.ts";
import { cacheFolder } from "../toolchain/cache-folder.mjs";
import { findToolchain } from "../toolchain/toolchain.ts";

/**
 * What a `pulumi` process needs on top of the variables that are there: the toolchain, the environment's addresses under
 * the names that plugins read, and for `local` the backend and the credentials. A variable that has to go is `undefined`.
 *
 * Throws a {@link Failure}: `toolchain-missing`, `environment-down` when `local` was never started,
 * `credentials-missing` when another environment's aren't set, and those of `loadEnvironment`.
 *
 * @param root the project's folder
 * @param name the environment's name
 * @param given the variables that are there
 */
export function engineEnvironment(
  root: string,
  name: string,
  given: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const environment = loadEnvironment(root, name);
  const toolchain = findToolchain(cacheFolder(given));
  if (!toolchain) {
    throw new Failure(
      "toolchain-missing",
      "the Pulumi engine is not installed, or not in the pinned version",
      {
        fix: "run: npm run toolchain",
      },
    );
  }
  const folders = [toolchain.bin, join(root, "node_modules", ".bin"), given["PATH"]];
  const engine = {
    PATH: folders.filter((folder) => folder !== undefined).join(delimiter),
    TENANTRY_ROOT: root,
    PULUMI_HOME: toolchain.pulumiHome,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Plugins come with the toolchain: pinned, verified, and no host asked in the middle of a run.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Compiled code of the SDKs is kept between runs: it halves the start of each Node process.
    NODE_COMPILE_CACHE: join(cacheFolder(given), "compiled"),
    // An engine lives for seconds: collecting its garbage a quarter as often takes an eighth less of a processor.
    GOGC: given["GOGC"] ?? "400",
    ...addressVariables(environment),
    // Else the official plugin tries to read passwords, which only superusers can, as soon as a role may log in.
    PGSUPERUSER: "false",
    // Seconds. A busy server takes long to make a realm, and one whose answer came too late is taken for somebody else's.
    KEYCLOAK_CLIENT_TIMEOUT: "60",
  };
  if (name === "local") return { ...engine, ...local(root, given) };
  requireCredentials(name, environment, given);
  return { ...engine, ...cleared(unusedCredentials(environment)) };
}

/** The local environment's own backend and credentials. Nobody else's credentials may slip in. */
function local(root: string, given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = join(root, ".tenantry", "local");
  const file = join(folder, "credentials.json");
  if (!existsSync(file)) {
    throw new Failure("environment-down", "the local environment was never started", {
      fix: "start it with: npx tenantry local up",
    });
  }
  const credentials = { ...cleared(credentialNames), ...readRecord(file) };
  const state = join(folder, "state");
  const backend = pathToFileURL(state).href;
  const theirs = given["PULUMI_BACKEND_URL"];
  // Workflows set what isn't there to nothing.
  if (theirs && theirs !== backend && theirs !== withoutSidecars(backend)) return credentials;
  mkdirSync(state, { recursive: true, mode: 0o700 });
  return {
    ...credentials,
    PULUMI_BACKEND_URL: withoutSidecars(backend),
    PULUMI_CONFIG_PASSPHRASE: undefined,
    PULUMI_CONFIG_PASSPHRASE_FILE: join(folder, "passphrase"),
  };
}

/**
 * Beside each state the engine writes a file of its type and checksum, which nobody reads, and not in one step: one that a kill
 * left empty makes the state unreadable ("failed to load checkpoint: EOF").
 */
function withoutSidecars(backend: string): string {
  return `${backend}?metadata=skip`;
}

function cleared(names: readonly string[]): Record<string, undefined> {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

function requireCredentials(name: string, environment: Environment, given: NodeJS.ProcessEnv): void {
  const missing = missingCredentials(environment, given);
  if (missing.length === 0) return;
  throw new Failure("credentials-missing", `environment ${name} needs ${missing.join(", ")}`, {
    fix: "set them in the process's environment, from your secret store; never in a file of the project",
  });
}
