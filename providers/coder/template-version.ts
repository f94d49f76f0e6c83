import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { ApiFailure } from "../http/api-failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import { provisionerJob, whenFinished, whyFailed, withoutSecrets } from "./provisioner-job.ts";
import { templateArchive } from "./template-archive.ts";
import { digestOf, templateFiles } from "./template-folder.ts";

/** One version of a template as the server has it. */
export const templateVersion = z.object({
  id: z.string(),
  name: z.string(),
  message: z.string().default(""),
  archived: z.boolean().default(false),
  job: provisionerJob,
});

type Version = z.output<typeof templateVersion>;

interface Source {
  /** The template's name, for messages. */
  readonly name: string;
  readonly folder: string;
  /** The digest that the program found in the folder. */
  readonly content: string;
  readonly variables: Readonly<Record<string, string>>;
  /** What the version says of itself, to those who may edit the template. */
  readonly message: string;
}

interface Destination {
  /** The organization's id. */
  readonly organization: string;
  /** The template's id; undefined when it comes after its first version. */
  readonly template: string | undefined;
}

const uploaded = z.object({ hash: z.string() });
const jobs = z.array(
  z.object({
    input: z.object({ template_version_id: z.string().optional() }),
    metadata: z.object({ template_version_name: z.string() }).partial().default({}),
  }),
);

/**
 * Uploads a folder, has Coder try it, and gives the id of the version that it made. It's not active yet.
 *
 * Throws a {@link Failure} `template-broken` with Terraform's reasons, `template-folder`, or what the client throws; no
 * value of a variable is in the message.
 */
export async function makeVersion(
  api: ApiClient,
  { name, folder, content, variables, message }: Source,
  { organization, template }: Destination,
): Promise<string> {
  const files = templateFiles(folder);
  if (digestOf(files) !== content) {
    throw new Failure("template-folder", `the template's folder ${folder} was changed during the run`, {
      system: "Coder",
      fix: "run it again",
    });
  }
  const { hash } = await api.upload("/files", templateArchive(files), "application/x-tar", uploaded);
  const versionName = `${content.slice(0, 12)}-${randomBytes(4).toString("hex")}`;
  const secrets = Object.values(variables);
  const body = {
    name: versionName,
    message,
    ...(template !== undefined && { template_id: template }),
    storage_method: "file",
    file_id: hash,
    provisioner: "terraform",
    user_variable_values: Object.entries(variables).map(([key, value]) => ({ name: key, value })),
    tags: {},
  };
  const { thing } = await hiding(secrets, () =>
    createOnce({
      find: async (tried) => (tried ? findVersion(api, organization, template, versionName) : undefined),
      make: () => api.post(`/organizations/${organization}/templateversions`, body, templateVersion),
    }),
  );
  const { id } = thing;
  const version = await whenFinished(`the check of template ${name}`, () => versionAt(api, id));
  if (version.job.status === "succeeded") return id;
  const why = await whyFailed(api, version, `/templateversions/${id}/logs`, secrets);
  throw new Failure("template-broken", `Coder can't use the template ${name} from ${folder}: ${why}`, {
    system: "Coder",
    fix: `mend ${folder}, or the template's variables in the tenant's file`,
  });
}

/** The version of an id. Throws a {@link Failure} `template-version-missing`. */
export async function versionAt(api: ApiClient, id: string): Promise<Version> {
  const found = await api.get(`/templateversions/${id}`, templateVersion);
  if (found) return found;
  throw new Failure("template-version-missing", `the template version ${id} vanished`, {
    system: "Coder",
    fix: "run it again",
  });
}

/** The version that a try made whose answer got lost. Without a template, only its job leads to it. */
async function findVersion(
  api: ApiClient,
  organization: string,
  template: string | undefined,
  name: string,
): Promise<Version | undefined> {
  if (template !== undefined) return api.get(`/templates/${template}/versions/${name}`, templateVersion);
  const found = (await api.get(`/organizations/${organization}/provisionerjobs`, jobs)) ?? [];
  const id = found.find(({ metadata }) => metadata.template_version_name === name)?.input.template_version_id;
  return id === undefined ? undefined : versionAt(api, id);
}

/** Does it, and keeps the secrets out of what a refusal says. */
async function hiding<T>(secrets: readonly string[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.status === undefined) throw error;
    throw new Failure(error.code, withoutSecrets(error.message, secrets), {
      ...(error.fix !== undefined && { fix: error.fix }),
      system: "Coder",
    });
  }
}
