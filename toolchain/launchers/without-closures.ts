/**
 * Keeps out what Pulumi's SDK and zod load and a program of ours never uses, most of the time that their import takes: what
 * serializes functions (`runtime/closure`; ours never are, see `providers/stub.ts`), and with it npm and a TypeScript compiler;
 * what drives the engine (`automation`); and zod's messages in 50 languages.
 */
import { registerHooks } from "node:module";

const nothing = new URL("nothing.cjs", import.meta.url).href;

/** By how they are asked for, each where that can only mean one thing. */
const unused: Readonly<Record<string, RegExp>> = {
  "@npmcli/arborist": /./,
  typescript: /./,
  "./automation": /\/@pulumi\/pulumi\/index\.js$/,
  "./closure/serializeClosure": /\/@pulumi\/pulumi\/runtime\/index\.js$/,
  "./closure/codePaths": /\/@pulumi\/pulumi\/runtime\/index\.js$/,
  "../locales/index.js": /\/zod\/v4\//,
};

registerHooks({
  resolve: (specifier, context, next) =>
    unused[specifier]?.test(context.parentURL ?? "") === true
      ? { url: nothing, format: "commonjs", shortCircuit: true }
      : next(specifier, context),
});
