import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import engine, { type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";

/** What plugins have to say to their user, when one plugin works for many engines: it goes to the engine of the resource's stack. */
export class PluginLog {
  /** Their addresses, by the stacks that they are at work on. */
  readonly #engines = new Map<string, string>();

  /** The part of an engine's service that plugins call. */
  readonly service: Pick<IEngineServer, "log"> = {
    log: (call, callback) => {
      const said = (): void => callback(null, new empty.Empty());
      const address = this.#engines.get(stackOf(call.request.getUrn()));
      if (address === undefined) {
        said();
        return;
      }
      const client = new engine.EngineClient(address, grpc.credentials.createInsecure());
      // An engine that has gone has nobody to tell.
      client.log(call.request, () => {
        client.close();
        said();
      });
    },
  };

  /** From now on what is said of a stack's resources goes to this engine. */
  tell(address: string, urn: string): void {
    this.#engines.set(stackOf(urn), address);
  }
}

/** urn:pulumi:<stack>::<project>::<type>::<name> */
function stackOf(urn: string): string {
  return urn.split(":")[2] ?? "";
}
