import * as pulumi from "@pulumi/pulumi";

/**
 * The code that Pulumi keeps in the state of a resource of ours and runs in its provider process: it only finds the
 * project and loads the provider's present code, so that a fix in provider code reaches refresh and delete of
 * resources that exist already. It holds no path, no secret and nothing of the Pulumi version, so it never differs.
 *
 * Changing this text shows as an update of every dynamic resource of every tenant. Don't.
 */
function stub(kind: string): string {
  return `exports.handler = () => {
  const { existsSync } = require("node:fs"), { dirname, join } = require("node:path"), { pathToFileURL } = require("node:url");
  let root = process.cwd();
  while (!existsSync(join(root, "Pulumi.yaml")) && root !== dirname(root)) root = dirname(root);
  const load = () => import(pathToFileURL(join(root, "providers", "provider.ts")).href);
  const call = (method) => async (...args) => (await (await load()).provider(${JSON.stringify(kind)}))[method](...args);
  return Object.fromEntries(["check", "diff", "create", "read", "update", "delete"].map((name) => [name, call(name)]));
};
`;
}

/** A kind of dynamic resource: one constant per resource class. */
export interface Kind {
  /** The system, as in `pulumi-nodejs:dynamic/postgresql:Login`. It is part of every URN: choose once. */
  readonly module: string;
  /** The resource's name in that system: `Login`. */
  readonly type: string;
  /** Outputs that the provider adds to the inputs. */
  readonly outputs: readonly string[];
  /** Those of them that are secrets. */
  readonly secretOutputs?: readonly string[];
}

/**
 * A resource whose provider is ours. This is what `pulumi.dynamic.Resource` makes, with the provider's code written
 * down instead of serialized from a closure: that needs the TypeScript compiler at run time and its result differs
 * between versions of Pulumi.
 */
export abstract class DynamicResource extends pulumi.CustomResource {
  constructor(kind: Kind, name: string, args: object, options?: pulumi.CustomResourceOptions) {
    const outputs = Object.fromEntries(kind.outputs.map((key) => [key, undefined]));
    super(
      `pulumi-nodejs:dynamic/${kind.module}:${kind.type}`,
      name,
      { ...outputs, ...args, __provider: stub(`${kind.module}/${kind.type}`) },
      pulumi.mergeOptions(options, { additionalSecretOutputs: [...(kind.secretOutputs ?? [])] }),
    );
  }
}
