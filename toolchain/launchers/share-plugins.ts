import { existsSync } from "node:fs";
import { join } from "node:path";
import keycloak from "@pulumi/keycloak/package.json" with { type: "json" };
import postgresql from "@pulumi/postgresql/package.json" with { type: "json" };
import { pluginPlace } from "../plugin-place.ts";
import type { PluginLog } from "./plugin-log.ts";
import { SharedPlugin } from "./shared-plugin.ts";

/** The plugins of the systems that every tenant has a part of, with the versions of their npm packages: the engine asks for these. */
const versions = { keycloak: keycloak.version, postgresql: postgresql.version };

/**
 * Shares the plugins that every stack needs among the engines of a run, and gives for each `<name>:<port>`, as engines want it. One
 * that isn't installed is left to the engine, which says so.
 *
 * @param engine the address of who serves `log`
 */
export function sharePlugins(engine: string, log: PluginLog): Promise<string[]> {
  const installed = Object.entries(versions)
    .map(([name, version]) => {
      const { folder, program } = pluginPlace(process.env["PULUMI_HOME"] ?? "", name, version);
      return { name, program: join(folder, program) };
    })
    .filter(({ program }) => existsSync(program));
  return Promise.all(
    installed.map(
      async ({ name, program }) => `${name}:${await new SharedPlugin(program, engine, log).listen()}`,
    ),
  );
}
