import type { System } from "../system.ts";
import { withAppToken } from "./app-token.ts";
import { explainGithub } from "./explain.ts";
import { findGithubId } from "./find-id.ts";
import { checkGithub } from "./preflight.ts";

/** GitHub, as what runs stacks needs to know it. Its address is in `GITHUB_BASE_URL`. */
export const github: System = {
  title: "GitHub",
  package: "github",
  server: "github",
  signIn: withAppToken,
  check: checkGithub,
  explain: explainGithub,
  findId: findGithubId,
};
