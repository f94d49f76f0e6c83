import { z } from "zod";
import { policy } from "../policy.ts";
import { gitea } from "../types.ts";

export const deployKeyReadOnly = policy({
  name: "deploy-key-read-only",
  system: "Gitea",
  severity: "mandatory",
  demand: "a deploy key reads, and doesn't write",
  reason:
    "Keys lie on machines that build and deploy; one that writes lets them change what is deployed next.",
  remedy: "leave `readOnly` of the key in `sourceControl.repositories` at true",
  types: [gitea.deployKey],
  inputs: { readOnly: z.boolean().default(true) },
  check: ({ readOnly }) => [!readOnly && "the key may push"],
});
