import language from "@pulumi/pulumi/proto/language_pb.js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { version } from "@pulumi/pulumi/version.js";

/** The parts of the protocol that previews, updates and policy packs need. */
type LanguageRuntime = Pick<
  ILanguageRuntimeServer,
  "getPluginInfo" | "getRequiredPlugins" | "run" | "runPlugin" | "handshake"
>;

/**
 * Pulumi's language host for Node. It runs the program in its own process: one Node start less than the official one.
 *
 * @param engine the address of the engine that started it; undefined: engines say theirs themselves
 */
export function languageRuntime(
  engine: string | undefined,
  runPlugin: ILanguageRuntimeServer["runPlugin"],
): LanguageRuntime {
  /** The engines that attached, by the address that they call from. */
  const attached = new Map<string, string>();
  return {
    handshake: (call, callback) => {
      attached.set(call.getPeer(), call.request.getEngineAddress());
      callback(null, new language.LanguageHandshakeResponse());
    },
    getPluginInfo: (_call, callback) => callback(null, new plugin.PluginInfo().setVersion(version)),
    // Plugins are told by the resources themselves; those that are missing are named by the engine.
    getRequiredPlugins: (_call, callback) => callback(null, new language.GetRequiredPluginsResponse()),
    run: (call, callback) => {
      const caller = engine ?? attached.get(call.getPeer()) ?? "";
      // Imported only here: the engine also starts hosts that run nothing, and the SDK costs a second.
      import("./run-program.ts")
        .then(({ runProgram }) => runProgram(call.request, caller))
        .then(
          (complete) => callback(null, new language.RunResponse().setBail(!complete)),
          (error: unknown) => callback(null, new language.RunResponse().setError(String(error))),
        );
    },
    runPlugin,
  };
}
