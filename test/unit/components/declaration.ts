import * as pulumi from "@pulumi/pulumi";

/** A resource as the engine was asked for it. */
interface Declared {
  /** `mattermost:User`; `index:Tenant` of a component of ours. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What providers make, as texts that say whose they are. */
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

let declared: Declared[] = [];
let outputs: Readonly<Record<string, object>> = {};

await pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs, id }) => {
    const given = inputs as Declared["inputs"];
    declared.push({ type: type.replace(/^.*[/:](?=\w+:)/, ""), name, inputs: given });
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
  /** The inputs of a resource, by its name; secrets as `{ secret }`. */
  readonly inputs: (name: string) => Readonly<Record<string, unknown>>;
  readonly options: (name: string) => pulumi.CustomResourceOptions;
}

/**
 * Declares a component under Pulumi's mocks and waits until all of it is registered. `given`: outputs of resources, by
 * name, other than the usual ones.
 */
export async function declare<Component>(
  make: (options: pulumi.ComponentResourceOptions) => Component,
  given: Readonly<Record<string, object>> = {},
): Promise<Declaration<Component>> {
  declared = [];
  outputs = given;
  const now = declared;
  const options = new Map<string, pulumi.CustomResourceOptions>();
  const look: pulumi.ResourceTransformation = ({ name, opts }) => {
    options.set(name, opts);
    return undefined;
  };
  const component = make({ transformations: [look] });
  for (let before = -1; before !== now.length;) {
    before = now.length;
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  const all = now.map(({ type, name }) => `${type} ${name}`).sort();
  const missing = (name: string): Error => new Error(`${name} is not among ${all.join(", ")}`);
  return {
    component,
    all,
    inputs: (name) => {
      const resource = now.find((each) => each.name === name);
      if (resource === undefined) throw missing(name);
      const { inputs } = resource;
      return Object.fromEntries(
        Object.entries(inputs).flatMap(([key, value]) =>
          key === "__provider" ? [] : [[key, marked(value)]],
        ),
      );
    },
    options: (name) => {
      const found = options.get(name);
      if (found === undefined) throw missing(name);
      return found;
    },
  };
}

/** The name of the resource that an option points at. */
export function nameOf(resource: unknown): string | undefined {
  return (resource as { readonly __name?: string } | undefined)?.__name;
}

/** Outputs as deep as they go, as they are; secrets as `{ secret }`. */
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

/** Inputs as the engine gets them, with its way to mark secrets made readable. */
function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  if (pulumi.runtime.specialSigKey in value) return { secret: marked((value as { value?: unknown }).value) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
}
