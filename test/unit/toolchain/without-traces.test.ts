import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A program of one resource and a promise that never ends: what is noted of both, and of an error. */
const program = `
import "./toolchain/launchers/without-traces.ts";
import * as pulumi from "@pulumi/pulumi";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";

const { registerResource } = MockMonitor.prototype;
let frames, position;
MockMonitor.prototype.registerResource = function (request, callback) {
  frames = request.getStacktrace().getFramesList().length;
  position = request.getSourceposition()?.getUri();
  return registerResource.call(this, request, callback);
};
await pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "1", state: inputs }), call: () => ({}) });
await new Promise((resolve) => new pulumi.CustomResource("a:b:C", "name", {}).urn.apply(resolve));

const never = new Promise(() => undefined);
void debuggable.debuggablePromise(never, "never ends");
const { _debugCtx: context, _debugStackTrace: trace } = never;
const [leaks] = debuggable.leakedPromises();
process.stdout.write(
  JSON.stringify({ frames, position, context, trace, leaks: leaks.has(never), error: new Error("bug").stack }),
);
process.reallyExit(0);
`;

const noted = (environment: NodeJS.ProcessEnv): unknown =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", program],
      {
        cwd: root,
        env: { ...process.env, ...environment },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    ),
  );

const place = expect.stringMatching(/\n +at /);

test("promises and resources have no stack trace; a promise that never ends is known, and errors say where", () => {
  expect(noted({ PULUMI_DEBUG_PROMISE_LEAKS: "" })).toEqual({
    frames: 0,
    context: "never ends",
    trace: "Error",
    leaks: true,
    error: place,
  });
});

test("who looks for promises that never end is told where they were made", () => {
  expect(noted({ PULUMI_DEBUG_PROMISE_LEAKS: "true" })).toMatchObject({ trace: place, leaks: true });
});
