import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { messageSizes } from "./grpc-server.ts";

/** A plugin's service, without its one stream, where messages stay what they are on the wire. */
export const wireService = Object.fromEntries(
  Object.entries(ResourceProviderService)
    .filter(([, method]) => !method.responseStream)
    .map(([name, method]) => [
      name,
      {
        ...method,
        requestSerialize: asIs,
        requestDeserialize: asIs,
        responseSerialize: asIs,
        responseDeserialize: asIs,
      },
    ]),
);

/** A running plugin. */
export class PluginProcess {
  readonly #client: grpc.Client;

  private constructor(port: string) {
    this.#client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), messageSizes);
  }

  /**
   * Starts one as an engine does. It ends when its standard input does, and when this process ends in good order.
   *
   * @param program the file
   * @param engine the address of who serves it an engine's `log`
   */
  static async start(program: string, engine: string, onEnd: () => void): Promise<PluginProcess> {
    const child = spawn(program, [engine], { stdio: ["pipe", "pipe", "ignore"] });
    const kill = (): boolean => child.kill();
    process.once("exit", kill);
    const ended = once(child, "close").finally(() => {
      process.off("exit", kill);
      onEnd();
    });
    const [port] = await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      ended.then(() => []),
    ]);
    if (typeof port !== "string") throw new Error(`${program} ended before it was ready`);
    return new PluginProcess(port);
  }

  /** Asks it what an engine asked, and gives the answer, or the error with all that came along. */
  passOn(
    path: string,
    call: grpc.ServerUnaryCall<Buffer, Buffer>,
    callback: grpc.sendUnaryData<Buffer>,
  ): void {
    const asked = this.#client.makeUnaryRequest(path, asIs, asIs, call.request, (error, answer) =>
      callback(error, answer),
    );
    call.on("cancelled", () => asked.cancel());
  }

  /** Rejects with a `ServiceError`. */
  ask(path: string, request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest<Buffer, Buffer>(path, asIs, asIs, request, (error, answer) => {
        if (answer === undefined) reject(error ?? new Error(`no answer to ${path}`));
        else resolve(answer);
      });
    });
  }
}

/** What an engine is answered where a plugin refused, or couldn't be asked. */
export function refusal(error: unknown): Parameters<grpc.sendUnaryData<Buffer>>[0] {
  return error instanceof Error && "code" in error && typeof error.code === "number"
    ? Object.assign(error, { code: error.code })
    : { code: grpc.status.UNAVAILABLE, details: String(error) };
}

function asIs(bytes: Buffer): Buffer {
  return bytes;
}
