/**
 * The code that Pulumi keeps in the state of a resource of ours and runs in its provider process: it only finds the
 * project and loads the provider's present code, so that a fix in provider code reaches refresh and delete of
 * resources that exist already. It holds no path, no secret and nothing of the Pulumi version, so it never differs.
 *
 * Changing this text shows as an update of every dynamic resource of every tenant. Don't.
 */
export function stub(kind: string): string {
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

/** Whether a resource's code in the state is the stub, and nothing else. */
export function isStub(code: string): boolean {
  return kindOf(code) !== undefined;
}

/** The kind of a resource whose code in the state is the stub, and nothing else; else undefined. */
export function kindOf(code: string): string | undefined {
  const kind = /provider\("([^"]+)"\)/.exec(code)?.[1];
  return kind !== undefined && code === stub(kind) ? kind : undefined;
}
