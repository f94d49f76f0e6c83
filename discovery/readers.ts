import { apiOf as githubApi } from "../providers/github/api.ts";
import { type Reader, readerOf } from "../providers/http/reader.ts";
import { apiOf as tfeApi, serverFrom } from "../providers/tfe/api.ts";
import { Failure } from "../report/failure.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads GitHub, and can do nothing else there. `GITHUB_BASE_URL` says where it is, if not on github.com. Throws a {@link Failure}
 * `credentials-missing`: an app's key won't do, because its token has to be made first, which is no reading.
 */
export function readerOfGithub({ GITHUB_TOKEN: token, GITHUB_BASE_URL: url }: Environment): Reader {
  if (token) return readerOf(githubApi({ url: url ?? "https://github.com", token }));
  throw new Failure("credentials-missing", "not set: GITHUB_TOKEN", {
    system: "GitHub",
    fix: "set it to a token that may read contents and metadata of the organization's repositories",
  });
}

/** Reads an organization on Terraform Cloud, and can do nothing else there. Throws a {@link Failure} `credentials-missing`. */
export function readerOfTerraformCloud(environment: Environment, organization: string): Reader {
  return readerOf(tfeApi(serverFrom({ ...environment, TFE_ORGANIZATION: organization })));
}
