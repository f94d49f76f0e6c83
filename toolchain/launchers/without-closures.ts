/**
 * Keeps Pulumi's SDK from loading npm and a TypeScript compiler: two thirds of the time that its import takes. It needs them to
 * serialize functions (runtime/closure in pulumi/pulumi), and ours are never (`providers/stub.ts`).
 */
import { registerHooks } from "node:module";

const nothing = new URL("nothing.cjs", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => {
    const unused = specifier === "@npmcli/arborist" || specifier === "typescript";
    return unused ? { url: nothing, format: "commonjs", shortCircuit: true } : next(specifier, context);
  },
});
