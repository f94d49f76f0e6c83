/**
 * A plugin, as an engine starts one: it answers with its process's id and how often it was asked, and can be made to refuse, to
 * say something to its engine, and to die.
 */
import grpc from "@grpc/grpc-js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { grpcServer, listen } from "../../../toolchain/launchers/grpc-server.ts";

const address = process.argv[2] ?? "";
let configured = 0;

const service: Pick<
  IResourceProviderServer,
  "configure" | "check" | "getPluginInfo" | "cancel" | "create" | "delete"
> = {
  configure: (call, callback) => {
    configured += 1;
    if (call.request.getArgs()?.toJavaScript()["password"] === "wrong")
      callback({ code: grpc.status.UNAUTHENTICATED, details: "wrong password" });
    else callback(null, new proto.ConfigureResponse().setSupportspreview(true));
  },
  getPluginInfo: (_call, callback) => callback(null, new plugin.PluginInfo().setVersion(String(process.pid))),
  check: (_call, callback) => {
    const inputs = struct.Struct.fromJavaScript({ pid: process.pid, configured });
    callback(null, new proto.CheckResponse().setInputs(inputs));
  },
  create: (_call, callback) => {
    const metadata = new grpc.Metadata();
    metadata.set("grpc-status-details-bin", Buffer.from([1, 2, 3]));
    callback({ code: grpc.status.UNKNOWN, details: "half made", metadata });
  },
  delete: (call, callback) => {
    const request = new engine.LogRequest().setUrn(call.request.getUrn()).setMessage("mind the gap");
    new EngineClient(address, grpc.credentials.createInsecure()).log(request, () =>
      callback({ code: grpc.status.UNKNOWN, details: "said" }),
    );
  },
  cancel: () => process.exit(1),
};

process.stdin.resume().once("close", () => process.exit(0));
const server = grpcServer();
server.addService(ResourceProviderService, service);
console.log(await listen(server));
