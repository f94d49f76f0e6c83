/** Shares the plugin that it is given, as the warm host does, until its standard input ends. */
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { grpcServer, listen } from "../../../toolchain/launchers/grpc-server.ts";
import { PluginLog } from "../../../toolchain/launchers/plugin-log.ts";
import { SharedPlugin } from "../../../toolchain/launchers/shared-plugin.ts";

process.stdin.resume().once("close", () => process.exit(0));
const log = new PluginLog();
const server = grpcServer();
server.addService(EngineService, log.service);
const engine = `127.0.0.1:${await listen(server)}`;
console.log(await new SharedPlugin(process.argv[2] ?? "", engine, log).listen());
