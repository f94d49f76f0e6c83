import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { getMonitor } from "@pulumi/pulumi/runtime/settings.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import type { RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb.js";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc.js";
import { Secret } from "@pulumi/policy";
import { unknownValue } from "../providers/serve.ts";
import { Failure } from "../report/failure.ts";
import { inStoreOfItsOwn } from "../toolchain/launchers/sdk-internals.ts";
import { clearTexts } from "./received.ts";
import type { Resource } from "./resource.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Resources are made of what they are given; everything else about them isn't known yet. */
const mocks: pulumi.runtime.Mocks = {
  newResource: ({ inputs }: pulumi.runtime.MockResourceArgs) => ({
    id: undefined,
    state: { ...inputs } as object,
  }),
  call: () => ({}),
};

/**
 * What the program of a stack is going to register, as far as that is known before anything is done. Empty when the program
 * refuses to run: it says why itself.
 *
 * An up shows the pack one resource after the other, and makes the first before it knows the last. So the program is run
 * here first, without an engine, and what it may not do stops the run before its first change.
 *
 * @param stack undefined: nothing is to be looked at
 */
export async function lookAhead(stack: string | undefined): Promise<readonly Resource[]> {
  if (stack === undefined) return [];
  // The real run may go on in this very process.
  return inStoreOfItsOwn(async () => {
    await pulumi.runtime.setMocks(mocks, "tenantry", stack, true);
    const resources = watch(getMonitor());
    try {
      const { tenantStack } = await import("../stacks/tenant-stack.ts");
      await tenantStack(root, stack);
      await pulumi.runtime.disconnect();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
    return resources;
  });
}

/** Fills with what is registered from now on. */
function watch(monitor: unknown): readonly Resource[] {
  const resources: Resource[] = [];
  if (!(monitor instanceof MockMonitor)) throw new TypeError("the program is not run by mocks");
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: RegisterResourceRequest, callback: Callback) =>
    register(request, (error: unknown, response: RegisterResourceResponse) => {
      resources.push(resourceOf(request, response.getUrn()));
      callback(error, response);
    });
  return resources;
}

type Callback = (error: unknown, response: RegisterResourceResponse) => void;

function resourceOf(request: RegisterResourceRequest, urn: string): Resource {
  const { __provider: code, ...sent }: Readonly<Record<string, unknown>> =
    request.getObject()?.toJavaScript() ?? {};
  const unknown = Object.entries(sent).filter(([, value]) => JSON.stringify(value).includes(unknownValue));
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    inputs: Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, inClear(value)])),
    unknown: new Set(unknown.map(([key]) => key)),
    protect: request.getProtect() ?? false,
    secretOutputs: request.getAdditionalsecretoutputsList(),
    clear: new Set(Object.entries(sent).flatMap(([key, value]) => [...clearTexts(marked(value), [key])])),
    code: typeof code === "string" ? code : undefined,
  };
}

/** A value with its secrets as the SDK of policies has them. */
function marked(value: unknown): unknown {
  return replaced(value, (secret) => new Secret(secret));
}

function inClear(value: unknown): unknown {
  return replaced(value, (secret) => secret);
}

function replaced(value: unknown, secret: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => replaced(each, secret));
  if (typeof value !== "object" || value === null) return value;
  const { [specialSigKey]: signature, ...rest }: Readonly<Record<string, unknown>> = { ...value };
  if (signature === specialSecretSig) return secret(inClear(rest["value"]));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, secret)]));
}
