import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

const thisMachine = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/;

export const clientRedirectHttps = policy({
  name: "client-redirect-https",
  system: "Keycloak",
  severity: "mandatory",
  demand: "sign-in sends people back by https, or to their own machine",
  reason: "By http everybody on the way reads the code that stands for a sign-in.",
  remedy: "write https:// in `redirectUris` of the portal or the client in `identity`",
  types: [keycloak.client],
  inputs: { validRedirectUris: z.array(z.string()).default([]) },
  check: ({ validRedirectUris }) =>
    validRedirectUris.map(
      (uri) => !uri.startsWith("https://") && !thisMachine.test(uri) && `people are sent back to ${uri}`,
    ),
});
