/**
 * One process for all the engines of a run: it runs their programs, is the provider of our resources, and serves them the
 * policy pack. Everything that it imports is imported once. Its first line has the port that engines attach to, then the
 * providers that they attach to.
 *
 * It ends when its standard input does: when the run, and every engine that holds the other end too, has ended.
 */
import "./without-closures.ts";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { dynamicProvider } from "./dynamic-provider.ts";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { grpcServer, listen } from "./grpc-server.ts";
import { languageRuntime } from "./language-runtime.ts";
import { PluginLog } from "./plugin-log.ts";
import { runPlugin } from "./run-plugin.ts";
import { sharePlugins } from "./share-plugins.ts";

process.stdin.resume().once("close", () => process.exit(0));

/** The policy pack is served here; any other plugin is a process of its own. */
const runPack: ILanguageRuntimeServer["runPlugin"] = (call) => {
  if (call.request.getKind() !== "analyzer") {
    runPlugin(call);
    return;
  }
  const stack = call.request
    .getEnvList()
    .find((entry) => entry.startsWith("TENANTRY_LOOK_AHEAD="))
    ?.slice("TENANTRY_LOOK_AHEAD=".length);
  import("../../policy/serve.ts")
    .then(({ servePack }) => servePack(stack))
    .then(
      ({ port, server }) => {
        call.write(new language.RunPluginResponse().setStdout(Buffer.from(`${port}\n`)));
        call.on("cancelled", () => server.forceShutdown());
      },
      (error: unknown) => {
        call.write(new language.RunPluginResponse().setStderr(Buffer.from(String(error))));
        call.write(new language.RunPluginResponse().setExitcode(1));
        call.end();
      },
    );
};

const programs = process.argv[2] === "programs";
const log = new PluginLog();
const server = grpcServer();
server.addService(LanguageRuntimeService, languageRuntime(undefined, runPack));
server.addService(ResourceProviderService, dynamicProvider);
server.addService(EngineService, log.service);
const port = await listen(server);
// One engine for everything has plugins of its own.
const shared = programs ? await sharePlugins(`127.0.0.1:${port}`, log) : [];
console.log(`${port} ${[`pulumi-nodejs:${port}`, ...shared].join(",")}`);
// What every run needs is imported while the first engine starts.
if (programs) {
  await import("./without-debug-log.ts");
  await import("./run-program.ts");
  await import("../../stacks/index.ts");
  await import("../../policy/serve.ts");
}
