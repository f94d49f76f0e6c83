import { z } from "zod";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.unknown().optional(),
  provider: z.string().optional(),
});
const state = z.looseObject({
  manifest: z.unknown().optional(),
  secrets_providers: z.unknown().optional(),
  resources: z.array(resource).nullish(),
  pending_operations: z.array(z.unknown()).nullish(),
});

/** What a stack holds, as far as we read it: `deployment` of `pulumi stack export` (sdk/go/common/apitype/core.go in pulumi/pulumi). */
export type StackState = z.output<typeof state>;

/** Undefined: it is of a kind that we don't know. */
export function stackState(value: unknown): StackState | undefined {
  return state.safeParse(value).data;
}

const key = z.union([
  z.object({ type: z.literal("passphrase"), state: z.object({ salt: z.string() }) }),
  z.object({ type: z.literal("cloud"), state: z.object({ url: z.string(), encryptedkey: z.string() }) }),
]);

/** Of a stack's configuration file, what says by which key its secrets are encrypted. */
export type KeySettings = Readonly<Record<string, string>>;

/** The settings that go with a state. Undefined: there are no secrets yet, or the backend keeps the key to itself. */
export function keySettings({ secrets_providers }: StackState): KeySettings | undefined {
  const { data } = key.safeParse(secrets_providers);
  if (data === undefined) return undefined;
  return data.type === "passphrase"
    ? { encryptionsalt: data.state.salt }
    : { secretsprovider: data.state.url, encryptedkey: data.state.encryptedkey };
}

/** A provider's process serves the resources of all stacks that want the same of it. */
export function isProvider({ type }: Pick<z.output<typeof resource>, "type">): boolean {
  return type.startsWith("pulumi:providers:");
}

/**
 * Several stacks' states as one, whose secrets have to be encrypted by the same key. Resources keep their URNs, which name
 * their stacks; providers that are configured alike become one. What killed runs were at work on is left out.
 */
export function mergeStates(states: readonly StackState[]): StackState {
  const providers = new Map<string, string>();
  const merged = new Map<string, string>();
  const resources = states.flatMap((each) =>
    (each.resources ?? []).flatMap((resource) => {
      if (isProvider(resource)) {
        const reference = `${resource.urn}::${resource.id ?? ""}`;
        const kind = JSON.stringify([resource.type, resource.inputs]);
        const first = providers.get(kind);
        if (first === undefined) providers.set(kind, reference);
        else merged.set(reference, first);
        return first === undefined ? [resource] : [];
      }
      const provider = merged.get(resource.provider ?? "");
      return [provider === undefined ? resource : { ...resource, provider }];
    }),
  );
  const { manifest, secrets_providers } = states[0] ?? { manifest: undefined, secrets_providers: undefined };
  return { manifest, secrets_providers, resources };
}
