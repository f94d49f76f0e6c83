import { isDeepStrictEqual } from "node:util";
import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { grpcServer, listen } from "./grpc-server.ts";
import type { PluginLog } from "./plugin-log.ts";
import { PluginProcess, refusal, wireService } from "./plugin-process.ts";

type Handler = grpc.handleUnaryCall<Buffer, Buffer>;

/** A process of the plugin, with how it was configured and what it said to that. */
interface Configured {
  readonly configuration: unknown;
  readonly process: Promise<PluginProcess>;
  readonly answer: Promise<Buffer>;
}

/**
 * One process of a plugin for all engines of a run, instead of one an engine that signs in to the same server again. Engines
 * attach to a port of ours. What they ask is passed on byte for byte; but a plugin is configured once, and whoever wants it
 * otherwise gets another process.
 */
export class SharedPlugin {
  readonly #program: string;
  readonly #engine: string;
  readonly #log: PluginLog;
  #first: Promise<PluginProcess> | undefined;
  #configured: readonly Configured[] = [];
  /** Of engines, by the address that they call from: where they listen, and which process is theirs. */
  readonly #engines = new Map<string, string>();
  readonly #chosen = new Map<string, Promise<PluginProcess>>();

  /**
   * @param program the plugin's file
   * @param engine the address of who is the plugin's engine: where `log` is served
   */
  constructor(program: string, engine: string, log: PluginLog) {
    this.#program = program;
    this.#engine = engine;
    this.#log = log;
  }

  /** Starts the plugin, and gives the port that engines attach to. */
  listen(): Promise<number> {
    // Whoever needs it is told when it can't be started.
    this.#any().catch(() => undefined);
    const server = grpcServer();
    const passedOn = Object.entries(wireService).map(([name, { path }]): [string, Handler] => [
      name,
      (call, callback) => {
        const process = this.#chosen.get(call.getPeer()) ?? this.#any();
        process.then(
          (each) => each.passOn(path, call, callback),
          (error: unknown) => callback(refusal(error)),
        );
      },
    ]);
    server.addService(wireService, { ...Object.fromEntries(passedOn), ...this.#own });
    return listen(server);
  }

  /** What isn't passed on. */
  readonly #own: Record<string, Handler> = {
    // What it would settle is settled by `configure`, as with every plugin that doesn't know it.
    handshake: (_call, callback) => callback({ code: grpc.status.UNIMPLEMENTED }),
    attach: (call, callback) => {
      this.#engines.set(call.getPeer(), plugin.PluginAttach.deserializeBinary(call.request).getAddress());
      callback(null, nothing);
    },
    configure: (call, callback) => {
      const { process, answer } = this.#choose(call);
      this.#chosen.set(call.getPeer(), process);
      answer.then(
        (settled) => callback(null, settled),
        (error: unknown) => callback(refusal(error)),
      );
    },
    // Others are at work with it.
    cancel: (_call, callback) => callback(null, nothing),
  };

  #choose(call: grpc.ServerUnaryCall<Buffer, Buffer>): Configured {
    const wanted = provider.ConfigureRequest.deserializeBinary(call.request);
    const engine = this.#engines.get(call.getPeer());
    if (engine !== undefined) this.#log.tell(engine, wanted.getUrn() ?? "");
    // All but who asks.
    const configuration = [wanted.getVariablesMap().toArray(), wanted.getArgs()?.toJavaScript()];
    return (
      this.#configured.find((each) => isDeepStrictEqual(each.configuration, configuration)) ??
      this.#configure(configuration, call.request)
    );
  }

  #configure(configuration: unknown, request: Buffer): Configured {
    const process = this.#configured.length === 0 ? this.#any() : this.#start();
    const answer = process.then((each) => each.ask(ResourceProviderService.configure.path, request));
    const configured = { configuration, process, answer };
    this.#configured = [...this.#configured, configured];
    // The next engine may have better luck.
    answer.catch(() => this.#forget(process));
    return configured;
  }

  /** One to ask what needs no configuration. */
  #any(): Promise<PluginProcess> {
    this.#first ??= this.#start();
    return this.#first;
  }

  #start(): Promise<PluginProcess> {
    const started: Promise<PluginProcess> = PluginProcess.start(this.#program, this.#engine, () => {
      if (this.#first === started) this.#first = undefined;
      this.#forget(started);
    });
    return started;
  }

  #forget(process: Promise<PluginProcess>): void {
    this.#configured = this.#configured.filter((each) => each.process !== process);
  }
}

const nothing = Buffer.from(new empty.Empty().serializeBinary());
