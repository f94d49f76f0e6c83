import { policy } from "../policy.ts";

/** What must never be read in a state: passwords, tokens, and the secrets of clients and webhooks. */
const secret = /^(?:.*password|.*token|secret|clientSecret|.*privateKey)$/i;

/** What resources of ours make, by their types. */
const made: readonly (readonly [RegExp, string])[] = [
  [/^pulumi-nodejs:dynamic\/(?:postgresql:Login|tenantry:Password|\w+:User)$/, "password"],
  [/^pulumi-nodejs:dynamic\/mattermost:Bot$/, "token"],
  [/^pulumi-nodejs:dynamic\/mattermost:IncomingWebhook$/, "url"],
];

export const secretsHidden = policy({
  name: "secrets-hidden",
  severity: "mandatory",
  demand: "passwords, tokens and keys are secrets to the engine",
  reason: "Whatever isn't marked stands in clear in the state, in previews and in logs.",
  remedy:
    "write `env:NAME` where the tenant's file takes a secret; in code use pulumi.secret, or `secretOutputs` of a dynamic resource",
  inputs: {},
  check: (_inputs, { type, clear, secretOutputs }) => [
    ...[...clear].map((path) => path.split(".").some((step) => secret.test(step)) && `${path} is in clear`),
    ...made.map(
      ([types, name]) => types.test(type) && !secretOutputs.includes(name) && `${name} will be in clear`,
    ),
  ],
});
