/**
 * Keeps Pulumi's SDK from taking a stack trace for every promise that it makes, and one of every frame for each resource: a
 * sixth of what a stack costs here. Errors keep theirs.
 *
 * The first are shown where the SDK is asked which promises never end (`PULUMI_DEBUG_PROMISE_LEAKS`): then they are taken. The
 * second go into the state, as paths of the machine that ran the program, and nothing here reads them there.
 */
import { Resource } from "@pulumi/pulumi";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";

type Watch = <T>(promise: Promise<T>, context: unknown) => Promise<T>;

// Not in the SDK's types (runtime/debuggable.ts in pulumi/pulumi).
const internals: { debuggablePromise?: Watch; debugPromiseLeaks?: boolean } = debuggable;
const { debuggablePromise, debugPromiseLeaks } = internals;
if (debuggablePromise === undefined || !("stackTrace" in Resource))
  throw new Error("this version of Pulumi's SDK takes its traces elsewhere");

if (!debugPromiseLeaks) {
  internals.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

Object.assign(Resource, { stackTrace: () => [] });
