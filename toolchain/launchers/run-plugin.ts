import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import type { ServerWritableStream } from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import type { RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";

const pulumi = createRequire(import.meta.url);

/** Runs a plugin that is itself a Node program, such as a policy pack, and streams its output to the engine. */
export function runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
  const request = call.request;
  const directory = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const policies = request.getKind() === "analyzer";
  const args = policies
    ? [...packRunner(request, directory), ...request.getArgsList(), directory]
    : [pulumi.resolve("@pulumi/pulumi/cmd/run-plugin"), directory, ...request.getArgsList()];

  // Its standard input is a pipe that nobody writes to: it closes when this process ends, and ends the plugin too.
  const child = spawn(
    process.execPath,
    [...process.execArgv, "--import", import.meta.resolve("./exit-with-engine.ts"), ...args],
    {
      cwd: policies ? directory : request.getPwd(),
      env: { ...process.env, ...environment(request.getEnvList()) },
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  child.stdout.on("data", (data: Buffer) => call.write(new language.RunPluginResponse().setStdout(data)));
  child.stderr.on("data", (data: Buffer) => call.write(new language.RunPluginResponse().setStderr(data)));
  child.on("close", (code) => {
    call.write(new language.RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
  call.on("cancelled", () => child.kill());
}

/**
 * What starts a policy pack: Pulumi's own runner, which puts a TypeScript compiler before it; or the pack itself, a Node
 * start of a second less, when it says `typescript: false`, as the program does.
 */
function packRunner(request: RunPluginRequest, directory: string): string[] {
  const options = request.getInfo()?.getOptions()?.toJavaScript() ?? {};
  return options["typescript"] === false
    ? [pulumi.resolve(directory)]
    : [pulumi.resolve("@pulumi/pulumi/cmd/run-policy-pack")];
}

/** Turns `["NAME=value"]` into `{ NAME: "value" }`. */
function environment(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );
}
