/**
 * Pulumi's language host for Node, for machines that can't download the official one. It serves the part of the
 * protocol that previews, updates and policy packs need, and runs the program in its own process: one Node start less
 * than the official host. The engine starts a new host for every run.
 */
import "./exit-with-engine.ts";
import grpc from "@grpc/grpc-js";
import { version } from "@pulumi/pulumi/version.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { runPlugin } from "./run-plugin.ts";

const engine = process.argv[2] ?? "";

const host = {
  getPluginInfo: (_call, callback) => callback(null, new plugin.PluginInfo().setVersion(version)),
  // Plugins are told by the resources themselves; those that are missing are named by the engine.
  getRequiredPlugins: (_call, callback) => callback(null, new language.GetRequiredPluginsResponse()),
  run: (call, callback) => {
    // Imported only here: the engine also starts hosts that run nothing, and the SDK costs a second.
    import("./run-program.ts")
      .then(({ runProgram }) => runProgram(call.request, engine))
      .then(
        (complete) => callback(null, new language.RunResponse().setBail(!complete)),
        (error: unknown) => callback(null, new language.RunResponse().setError(String(error))),
      );
  },
  runPlugin,
} satisfies Partial<ILanguageRuntimeServer>;

const megabyte = 1024 * 1024;
const server = new grpc.Server({
  "grpc.max_receive_message_length": 400 * megabyte,
  "grpc.max_send_message_length": 400 * megabyte,
});
server.addService(LanguageRuntimeService, host);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // The engine reads the port from the first line.
  console.log(port);
});
