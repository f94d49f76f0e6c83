import { describe, expect, test } from "@jest/globals";
import { keySettings, mergeStates, stackState, type StackState } from "../../../fleet/stack-state.ts";

const parsed = (value: unknown): StackState => {
  const state = stackState(value);
  if (state === undefined) throw new Error("not a state");
  return state;
};

/** A tenant's state as the engine writes it, with what the merging looks at. */
function stateOf(tenant: string, { version = "6.13.0", more = {} } = {}): StackState {
  const urn = (type: string, name: string): string =>
    `urn:pulumi:local.${tenant}::tenantry::${type}::${name}`;
  const provider = urn("pulumi:providers:keycloak", "default");
  return parsed({
    manifest: { version: "v3.258.0" },
    secrets_providers: { type: "passphrase", state: { salt: "v1:salt" } },
    resources: [
      { urn: urn("pulumi:pulumi:Stack", "tenantry"), type: "pulumi:pulumi:Stack" },
      { urn: provider, type: "pulumi:providers:keycloak", id: `id-${tenant}`, inputs: { version } },
      {
        urn: urn("keycloak:index/realm:Realm", tenant),
        type: "keycloak:index/realm:Realm",
        id: tenant,
        provider: `${provider}::id-${tenant}`,
        outputs: { kept: true },
      },
    ],
    ...more,
  });
}

const summary = (state: StackState): [string | undefined, string | undefined][] =>
  (state.resources ?? []).map(({ urn, provider }) => [urn.split("::").at(-1), provider?.split("::").at(-1)]);

describe("several states as one", () => {
  test("resources keep their URNs and all that they hold; providers alike become the first one", () => {
    const merged = mergeStates([stateOf("acme"), stateOf("globex")]);
    expect(summary(merged)).toEqual([
      ["tenantry", undefined],
      ["default", undefined],
      ["acme", "id-acme"],
      ["tenantry", undefined],
      ["globex", "id-acme"],
    ]);
    expect(merged.resources?.at(-1)).toMatchObject({
      urn: "urn:pulumi:local.globex::tenantry::keycloak:index/realm:Realm::globex",
      provider: "urn:pulumi:local.acme::tenantry::pulumi:providers:keycloak::default::id-acme",
      outputs: { kept: true },
    });
  });

  test("providers that differ stay apart", () => {
    const merged = mergeStates([stateOf("acme"), stateOf("globex", { version: "7.0.0" }), stateOf("hooli")]);
    expect(summary(merged).filter(([, provider]) => provider !== undefined)).toEqual([
      ["acme", "id-acme"],
      ["globex", "id-globex"],
      ["hooli", "id-acme"],
    ]);
  });

  test("what a killed run was at work on is left out; the key and the engine's version are the first one's", () => {
    const merged = mergeStates([
      stateOf("acme", { more: { pending_operations: [{ type: "creating" }] } }),
      stateOf("globex"),
    ]);
    expect(Object.keys(merged)).toEqual(["manifest", "secrets_providers", "resources"]);
    expect(merged.manifest).toEqual({ version: "v3.258.0" });
  });

  test("none, and empty ones", () => {
    expect(mergeStates([]).resources).toEqual([]);
    expect(mergeStates([parsed({}), parsed({ resources: null })]).resources).toEqual([]);
  });
});

test.each([
  [{ type: "passphrase", state: { salt: "v1:a" } }, { encryptionsalt: "v1:a" }],
  [
    { type: "cloud", state: { url: "awskms://alias/x", encryptedkey: "k" } },
    { secretsprovider: "awskms://alias/x", encryptedkey: "k" },
  ],
  [{ type: "service", state: { owner: "us" } }, undefined],
  [{ type: "passphrase", state: {} }, undefined],
  [undefined, undefined],
])("the settings of the key %j", (secretsProviders, settings) => {
  expect(keySettings(parsed({ secrets_providers: secretsProviders }))).toEqual(settings);
});

test.each([[{ resources: "many" }], [{ resources: [{ type: "x" }] }], ["text"]])(
  "%j is no state",
  (value) => {
    expect(stackState(value)).toBeUndefined();
  },
);
