/** Pulumi's language host for Node, for machines that can't download the official one. The engine starts one for every run. */
import "./exit-with-engine.ts";
import "./without-closures.ts";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { grpcServer, listen } from "./grpc-server.ts";
import { languageRuntime } from "./language-runtime.ts";
import { runPlugin } from "./run-plugin.ts";

const server = grpcServer();
server.addService(LanguageRuntimeService, languageRuntime(process.argv[2] ?? "", runPlugin));
// The engine reads the port from the first line.
console.log(await listen(server));
