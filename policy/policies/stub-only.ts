import { isStub } from "../../providers/stub.ts";
import { policy } from "../policy.ts";

export const stubOnly = policy({
  name: "stub-only",
  severity: "mandatory",
  demand: "a dynamic resource takes nothing into the state but the stub that loads the project's code",
  reason:
    "Code in a state goes on running after it was mended, and may hold secrets that were around when it was kept.",
  remedy: "derive the resource from DynamicResource in providers/dynamic.ts",
  inputs: {},
  check: (_inputs, { type, code }) => [
    type.startsWith("pulumi-nodejs:dynamic") &&
      (code === undefined || !isStub(code)) &&
      "code of its own goes into the state",
  ],
});
