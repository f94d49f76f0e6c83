import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import engine, { type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";

/** What plugins have to say to their user, when one plugin works for many engines: it goes to the engine of the resource's stack. */
export class PluginLog {
  readonly #engines = new Map<string, InstanceType<typeof engine.EngineClient>>();

  /** The part of an engine's service that plugins call. */
  readonly service: Pick<IEngineServer, "log"> = {
    log: (call, callback) => {
      const said = callback.bind(undefined, null, new empty.Empty());
      const client = this.#engines.get(stackOf(call.request.getUrn()));
      // An engine that has gone has nobody to tell.
      if (client) client.log(call.request, () => said());
      else said();
    },
  };

  /** From now on what is said of a stack's resources goes to this engine. */
  tell(address: string, urn: string): void {
    const client = new engine.EngineClient(address, grpc.credentials.createInsecure());
    this.#engines.get(stackOf(urn))?.close();
    this.#engines.set(stackOf(urn), client);
  }
}

/** urn:pulumi:<stack>::<project>::<type>::<name> */
function stackOf(urn: string): string {
  return urn.split(":")[2] ?? "";
}
