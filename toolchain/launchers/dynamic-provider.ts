import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { z } from "zod";
import { version } from "@pulumi/pulumi/version.js";
import type { Provider } from "../../providers/serve.ts";
import { unknownValue } from "../../providers/serve.ts";
import { kindOf } from "../../providers/stub.ts";

type Properties = Record<string, unknown>;

/** The parts of the protocol that resources of ours need. */
type DynamicProvider = Pick<
  IResourceProviderServer,
  | "attach"
  | "cancel"
  | "check"
  | "configure"
  | "create"
  | "delete"
  | "diff"
  | "getPluginInfo"
  | "read"
  | "update"
>;

/**
 * What Pulumi's `cmd/dynamic-provider` is, for many engines at once, which that one doesn't let attach. It runs no code
 * from a state: our stub only names the kind of resource.
 */
export const dynamicProvider: DynamicProvider = {
  attach: (_call, callback) => callback(null, new empty.Empty()),
  cancel: (_call, callback) => callback(null, new empty.Empty()),
  configure: (_call, callback) => callback(null, new proto.ConfigureResponse().setAcceptsecrets(false)),
  getPluginInfo: (_call, callback) => callback(null, new plugin.PluginInfo().setVersion(version)),

  check: answer(async (request) => {
    const [olds, news] = [properties(request.getOlds()), properties(request.getNews())];
    const provider = await providerOf(news[stubKey] === unknownValue ? olds : news);
    const { inputs, failures } = await provider.check(olds, news);
    return new proto.CheckResponse()
      .setInputs(message(inputs, news))
      .setFailuresList(
        failures.map(({ property, reason }) =>
          new proto.CheckFailure().setProperty(property).setReason(reason),
        ),
      );
  }),

  diff: answer(async (request) => {
    const [olds, news] = [properties(request.getOlds()), properties(request.getNews())];
    const provider = await providerOf(news[stubKey] === unknownValue ? olds : news);
    const { changes, replaces, deleteBeforeReplace } = await provider.diff(request.getId(), olds, news);
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    return new proto.DiffResponse()
      .setChanges(changes ? DIFF_SOME : DIFF_NONE)
      .setReplacesList(replaces)
      .setDeletebeforereplace(deleteBeforeReplace);
  }),

  create: answer(async (request) => {
    const news = properties(request.getProperties());
    const { id, outs } = await (await providerOf(news)).create(news);
    return new proto.CreateResponse().setId(id).setProperties(message(outs, news));
  }),

  read: answer(async (request) => {
    const olds = properties(request.getProperties());
    const { id, props = {}, inputs } = await (await providerOf(olds)).read(request.getId(), olds);
    const response = new proto.ReadResponse().setProperties(message(props, olds));
    if (id !== undefined) response.setId(id);
    return inputs === undefined ? response : response.setInputs(message(inputs, olds));
  }),

  update: answer(async (request) => {
    const [olds, news] = [properties(request.getOlds()), properties(request.getNews())];
    const { outs } = await (await providerOf(news)).update(request.getId(), olds, news);
    return new proto.UpdateResponse().setProperties(message(outs, news));
  }),

  delete: answer(async (request) => {
    const olds = properties(request.getProperties());
    await (await providerOf(olds)).delete(request.getId(), olds);
    return new empty.Empty();
  }),
};

const stubKey = "__provider";
const json = z.record(z.string(), z.json());

async function providerOf(all: Properties): Promise<Provider> {
  const code = all[stubKey];
  const kind = typeof code === "string" ? kindOf(code) : undefined;
  if (kind === undefined) throw new Error("the resource's code is not Tenantry's");
  const { provider } = await import("../../providers/provider.ts");
  return provider(kind);
}

function properties(sent: struct.Struct | undefined): Properties {
  return sent?.toJavaScript() ?? {};
}

/** The stub goes along with whatever is kept of a resource. */
function message(values: Properties, { [stubKey]: stub }: Properties): struct.Struct {
  return struct.Struct.fromJavaScript(json.parse({ ...values, [stubKey]: stub }));
}

function answer<Request, Response>(
  work: (request: Request) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    work(request).then(
      (response) => callback(null, response),
      (error: unknown) =>
        callback({
          code: grpc.status.UNKNOWN,
          details: error instanceof Error ? error.message : String(error),
        }),
    );
  };
}
