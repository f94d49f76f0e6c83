import { z } from "zod";
import { policy } from "../policy.ts";
import { gitea } from "../types.ts";

const thisMachine = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/;

export const repositoryWebhook = policy({
  name: "repository-webhook",
  system: "Gitea",
  severity: "mandatory",
  demand: "a webhook sends by https, or to this machine, and its secret and address stay secret",
  reason: "Events hold code and names; and who knows the secret can make up events that are believed.",
  remedy: "write https:// in `url` of the webhook in `sourceControl.repositories`",
  types: [gitea.webhook],
  inputs: { url: z.string() },
  // The address may hold a credential: it is never repeated.
  check: ({ url }, { secretOutputs }) => [
    !url.startsWith("https://") && !thisMachine.test(url) && "the webhook's address isn't https",
    ...["secret", "url"].map((name) => !secretOutputs.includes(name) && `its ${name} isn't kept as a secret`),
  ],
});
