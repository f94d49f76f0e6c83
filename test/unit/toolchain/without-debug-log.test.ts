import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

/** Says something for debugging and a warning to an engine. */
const program = `
import "./toolchain/launchers/without-debug-log.ts";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import * as pulumi from "@pulumi/pulumi";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { grpcServer, listen } from "./toolchain/launchers/grpc-server.ts";

const said = [];
const engine = grpcServer();
engine.addService(EngineService, {
  log: ({ request }, callback) => {
    said.push(request.getMessage());
    callback(null, new empty.Empty());
  },
});
pulumi.runtime.resetOptions("project", "stack", -1, "127.0.0.1:" + (await listen(engine)), "", false, "");
await pulumi.log.debug("for debugging");
await pulumi.log.warn("a warning");
process.stdout.write(JSON.stringify(said));
process.reallyExit(0);
`;

test("an engine is told what people read, and nothing for debugging", () => {
  const said: unknown = JSON.parse(
    execFileSync(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", program],
      { cwd: fileURLToPath(new URL("../../..", import.meta.url)), encoding: "utf8" },
    ),
  );
  expect(said).toEqual(["a warning"]);
});
