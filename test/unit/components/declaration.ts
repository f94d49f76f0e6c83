import * as pulumi from "@pulumi/pulumi";

/** A resource as the engine was asked for it. */
export interface Declared {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: pulumi.CustomResourceOptions;
}

/** Outputs that providers make, as texts that say whose they are. */
const made = [
  "password",
  "token",
  "url",
  "secret",
  "clientSecret",
  "htmlUrl",
  "cloneUrl",
  "sshUrl",
  "messageId",
];

let declared = new Map<string, Declared>();
let options = new Map<string, pulumi.CustomResourceOptions>();
let outputs: Readonly<Record<string, object>> = {};

await pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs, id }) => {
    const given = inputs as Record<string, unknown>;
    declared.set(name, { type, inputs: given, options: options.get(`${type} ${name}`) ?? {} });
    const makes = Object.fromEntries(made.map((key) => [key, `${key} of ${name}`]));
    const state = { ...makes, ...given, ...outputs[name] };
    return { id: id === undefined || id === "" ? `id of ${name}` : id, state };
  },
  call: () => ({}),
});

/** What a component declared. */
export interface Declaration<Component> {
  readonly component: Component;
  /** `<type> <name>` of everything, sorted; types without what is the same in all of them. */
  readonly all: readonly string[];
  /** The inputs of a resource, by its name. */
  readonly inputs: (name: string) => Declared["inputs"];
  readonly options: (name: string) => Declared["options"];
}

/**
 * Declares a component under Pulumi's mocks and waits until all of it is registered. `given`: outputs of resources, by
 * name, other than the usual ones.
 */
export async function declare<Component>(
  make: (options: pulumi.ComponentResourceOptions) => Component,
  given: Readonly<Record<string, object>> = {},
): Promise<Declaration<Component>> {
  const now = (declared = new Map());
  options = new Map();
  outputs = given;
  const look: pulumi.ResourceTransformation = ({ type, name, opts }) => {
    options.set(`${type} ${name}`, opts);
    return undefined;
  };
  const component = make({ transformations: [look] });
  for (let before = -1; before !== now.size;) {
    before = now.size;
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  const found = (name: string): Declared => {
    const resource = now.get(name);
    if (resource === undefined) throw new Error(`${name} is not among ${[...now.keys()].join(", ")}`);
    return resource;
  };
  return {
    component,
    all: [...now].map(([name, { type }]) => `${type.replace(/^.*[/:](?=\w+:)/, "")} ${name}`).sort(),
    inputs: (name) => withoutStub(found(name).inputs),
    options: (name) => found(name).options,
  };
}

/** The name of the resource that an option points at. */
export function nameOf(resource: unknown): string | undefined {
  return (resource as { readonly __name?: string } | undefined)?.__name;
}

/** Outputs as deep as they go, as they are; secrets marked. */
export async function resolved(value: unknown): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const output: pulumi.Output<unknown> = value;
    const plain = await new Promise((resolve) => output.apply(resolve));
    return (await pulumi.isSecret(output)) ? { secret: plain } : plain;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await resolved(inner)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function withoutStub({ __provider: _, ...inputs }: Declared["inputs"]): Declared["inputs"] {
  return inputs;
}
