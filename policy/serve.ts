import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type * as grpc from "@grpc/grpc-js";
import { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } from "@pulumi/policy/server.js";
import { makeAnalyzerInfo } from "@pulumi/policy/protoutil.js";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { AnalyzerService, type IAnalyzerServer } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { grpcServer, listen } from "../toolchain/launchers/grpc-server.ts";
import { pack } from "./pack.ts";

type Analyze = IAnalyzerServer["analyze"];
type Policies = readonly ResourceValidationPolicy[];

/** Not in the SDK's types: what its own server of a pack, one a process, is made of (server.ts in pulumi/pulumi-policy). */
declare module "@pulumi/policy/server.js" {
  type Make<Call> = (pack: string, version: string, level: string, policies: Policies) => Call;
  export const makeAnalyzeRpcFun: Make<Analyze>;
  export const makeAnalyzeStackRpcFun: Make<IAnalyzerServer["analyzeStack"]>;
  export const makeRemediateRpcFun: Make<IAnalyzerServer["remediate"]>;
}
declare module "@pulumi/policy/protoutil.js" {
  export function makeAnalyzerInfo(
    pack: string,
    version: string,
    level: string,
    args: { readonly policies: Policies },
  ): analyzer.AnalyzerInfo;
}

/**
 * Serves the policy pack to one run of the engine, in this process, and gives the port. `PolicyPack` of the SDK can be served
 * once a process; all that it does is done by the same functions here.
 *
 * @param stack see `pack`
 */
export async function servePack(stack: string | undefined): Promise<{ port: number; server: grpc.Server }> {
  const policies = pack(stack);
  const identity = ["tenantry", "1.0.0", "advisory"] as const;
  const server = grpcServer();
  server.addService(AnalyzerService, {
    analyze: makeAnalyzeRpcFun(...identity, policies),
    analyzeStack: makeAnalyzeStackRpcFun(...identity, policies),
    remediate: makeRemediateRpcFun(...identity, policies),
    getAnalyzerInfo: (_call, callback) => callback(null, makeAnalyzerInfo(...identity, { policies })),
    getPluginInfo: (_call, callback) => callback(null, new plugin.PluginInfo().setVersion("1.21.0")),
    configure: (_call, callback) => callback(null, new empty.Empty()),
    configureStack: (_call, callback) => callback(null, new analyzer.AnalyzerStackConfigureResponse()),
  } satisfies Partial<IAnalyzerServer>);
  return { port: await listen(server), server };
}
