import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { grpcServer, listen } from "../../../toolchain/launchers/grpc-server.ts";
import type { PluginLog } from "../../../toolchain/launchers/plugin-log.ts";

let folder: string;
let port: number;
const ends: (() => void)[] = [];

async function serveLog(log: PluginLog["service"]["log"]): Promise<string> {
  const server = grpcServer();
  server.addService(EngineService, { log });
  ends.push(() => server.forceShutdown());
  return `127.0.0.1:${await listen(server)}`;
}

async function share(program: string): Promise<number> {
  const script = fileURLToPath(new URL("sharing-host.ts", import.meta.url));
  const host = spawn(process.execPath, ["--no-warnings", script, program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  ends.push(() => host.stdin.destroy());
  const [line] = (await once(createInterface({ input: host.stdout }), "line")) as unknown[];
  return Number(line);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-test-"));
  const fake = fileURLToPath(new URL("fake-plugin.ts", import.meta.url));
  const program = join(folder, "plugin");
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' --no-warnings '${fake}' "$@"\n`);
  chmodSync(program, 0o755);
  port = await share(program);
});

afterEach(() => {
  ends.splice(0).forEach((end) => end());
  rmSync(folder, { recursive: true, force: true });
});

/** What an engine asks of a plugin for one stack, from an address of its own. */
class Engine {
  readonly #client: ResourceProviderClient;
  readonly #stack: string;

  constructor(stack: string, to = port) {
    this.#stack = stack;
    this.#client = new ResourceProviderClient(`127.0.0.1:${to}`, grpc.credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
    });
    ends.push(() => this.#client.close());
  }

  attach(address: string): Promise<empty.Empty> {
    return asked((callback) => this.#client.attach(new plugin.PluginAttach().setAddress(address), callback));
  }

  configure(args: Record<string, string> = {}): Promise<proto.ConfigureResponse> {
    const request = new proto.ConfigureRequest()
      .setUrn(this.#urn("pulumi:providers:fake::default"))
      .setId(this.#stack)
      .setArgs(struct.Struct.fromJavaScript(args));
    return asked((callback) => this.#client.configure(request, callback));
  }

  async check(): Promise<unknown> {
    const answer = await asked<proto.CheckResponse>((callback) =>
      this.#client.check(new proto.CheckRequest(), callback),
    );
    return answer.getInputs()?.toJavaScript();
  }

  create(): Promise<proto.CreateResponse> {
    return asked((callback) => this.#client.create(new proto.CreateRequest(), callback));
  }

  delete(): Promise<empty.Empty> {
    const request = new proto.DeleteRequest().setUrn(this.#urn("fake:index/thing:Thing::a"));
    return asked((callback) => this.#client.delete(request, callback));
  }

  handshake(): Promise<proto.ProviderHandshakeResponse> {
    return asked((callback) => this.#client.handshake(new proto.ProviderHandshakeRequest(), callback));
  }

  cancel(): Promise<empty.Empty> {
    return asked((callback) => this.#client.cancel(new empty.Empty(), callback));
  }

  async pid(): Promise<number> {
    const info = await asked<plugin.PluginInfo>((callback) =>
      this.#client.getPluginInfo(new empty.Empty(), callback),
    );
    return Number(info.getVersion());
  }

  #urn(resource: string): string {
    return `urn:pulumi:${this.#stack}::tenantry::${resource}`;
  }
}

function asked<T>(
  call: (callback: (error: grpc.ServiceError | null, answer: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

test("all engines have one process, and it is configured once", async () => {
  const [one, other] = [new Engine("a"), new Engine("b")];
  const answers = await Promise.all([one.configure({ url: "u" }), other.configure({ url: "u" })]);
  expect(answers.map((answer) => answer.getSupportspreview())).toEqual([true, true]);
  const pid = await one.pid();
  expect(await one.check()).toEqual({ pid, configured: 1 });
  expect(await other.check()).toEqual({ pid, configured: 1 });
});

test("whoever wants it configured otherwise has another process, before and after", async () => {
  const [one, other, third] = [new Engine("a"), new Engine("b"), new Engine("c")];
  await one.configure({ url: "u" });
  await other.configure({ url: "v" });
  await third.configure({ url: "v" });
  const [mine, others] = [await one.pid(), await other.pid()];
  expect(others).not.toBe(mine);
  expect(await one.check()).toEqual({ pid: mine, configured: 1 });
  expect(await third.check()).toEqual({ pid: others, configured: 1 });
});

test("a refusal reaches all who wait for it with its code, and whoever comes next asks again", async () => {
  const wrong = { code: grpc.status.UNAUTHENTICATED, details: "wrong password" };
  const both = [new Engine("a"), new Engine("b")].map((each) => each.configure({ password: "wrong" }));
  await expect(both[0]).rejects.toMatchObject(wrong);
  await expect(both[1]).rejects.toMatchObject(wrong);
  const later = new Engine("c");
  await later.configure({ password: "right" });
  expect(await later.check()).toMatchObject({ configured: 2 });
});

test("an error has all that the engine reads out of it", async () => {
  const engine = new Engine("a");
  await engine.configure();
  const error: unknown = await engine.create().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: grpc.status.UNKNOWN, details: "half made" });
  const metadata = error instanceof Error && "metadata" in error ? error.metadata : undefined;
  expect(metadata instanceof grpc.Metadata && metadata.get("grpc-status-details-bin")).toEqual([
    Buffer.from([1, 2, 3]),
  ]);
});

test("what the plugin says of a resource goes to the engine of its stack", async () => {
  const heard: string[] = [];
  const engines = await Promise.all(
    ["a", "b"].map(async (stack) => {
      const engine = new Engine(stack);
      await engine.attach(
        await serveLog((call, callback) => {
          heard.push(`${stack}: ${call.request.getMessage()}`);
          callback(null, new empty.Empty());
        }),
      );
      await engine.configure();
      return engine;
    }),
  );
  await expect(engines[0]?.delete()).rejects.toMatchObject({ details: "said" });
  expect(heard).toEqual(["a: mind the gap"]);
  // Nobody listens for this one: the plugin isn't kept waiting.
  const unheard = new Engine("c");
  await unheard.configure();
  await expect(unheard.delete()).rejects.toMatchObject({ details: "said" });
});

test("an engine that is told to stop stops nobody else, and settles nothing for others", async () => {
  const [one, other] = [new Engine("a"), new Engine("b")];
  await expect(one.handshake()).rejects.toMatchObject({ code: grpc.status.UNIMPLEMENTED });
  await one.configure();
  await one.cancel();
  await other.configure();
  expect(await other.pid()).toBe(await one.pid());
});

test("one that died fails who is at work with it, and the next engine has another", async () => {
  const one = new Engine("a");
  await one.configure();
  const pid = await one.pid();
  process.kill(pid, "SIGKILL");
  await expect(one.check()).rejects.toMatchObject({ code: grpc.status.UNAVAILABLE });
  const next = new Engine("b");
  for (let tries = 0; tries < 100; tries += 1) {
    await next.configure().catch(() => undefined);
    if ((await next.pid().catch(() => pid)) !== pid) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await next.pid()).not.toBe(pid);
  expect(await next.check()).toEqual({ pid: await next.pid(), configured: 1 });
});

test("one that can't be started says why", async () => {
  const engine = new Engine("a", await share(join(folder, "none")));
  const missing = { code: grpc.status.UNAVAILABLE, details: expect.stringContaining("ENOENT") };
  await expect(engine.pid()).rejects.toMatchObject(missing);
  await expect(engine.configure()).rejects.toMatchObject(missing);
});
