import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { apiOf as githubApi } from "../../providers/github/api.ts";
import type { ApiClient } from "../../providers/http/api-client.ts";
import { apiOf as tfeApi, serverFrom } from "../../providers/tfe/api.ts";
import type { MadeRepository, MadeWorkspace, Organization } from "./organization.ts";

/** Makes an organization's repositories and workspaces, as people would, in organizations that are there. */
export async function makeOrganization(
  { repositories, workspaces }: Organization,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const {
    GITHUB_BASE_URL: url = "",
    GITHUB_TOKEN: token = "",
    GITHUB_OWNER: organization = "",
  } = environment;
  const github = githubApi({ url, token });
  for (const repository of repositories) await makeRepository(github, organization, repository);
  const server = serverFrom(environment);
  const tfe = tfeApi(server);
  for (const workspace of workspaces) await makeWorkspace(tfe, server.organization, organization, workspace);
}

const anything = z.unknown();

async function makeRepository(
  api: ApiClient,
  organization: string,
  { name, description = "", topics = [], files = {}, is }: MadeRepository,
): Promise<void> {
  const source = is === "fork" ? `upstream-of-${name}` : name;
  const made = { name: source, description, private: true, auto_init: is !== "empty" };
  await api.post(`/orgs/${organization}/repos`, made, anything);
  if (is === "fork") {
    await api.post(`/repos/${organization}/${source}/forks`, { organization, name }, anything);
    await api.delete(`/repos/${organization}/${source}`);
  }
  const path = `/repos/${organization}/${name}`;
  if (topics.length > 0) await api.put(`${path}/topics`, { names: topics }, anything);
  for (const [file, text] of Object.entries(files)) {
    const at = file.split("/").map(encodeURIComponent).join("/");
    const content = Buffer.from(text).toString("base64");
    await api.put(`${path}/contents/${at}`, { message: `Add ${file}`, content }, anything);
  }
  if (is === "archived") await api.patch(path, { archived: true }, anything);
  if (is === "template") await api.patch(path, { is_template: true }, anything);
}

async function makeWorkspace(
  api: ApiClient,
  organization: string,
  owner: string,
  { name, tags = [], repository, outputs = {}, secrets = {} }: MadeWorkspace,
): Promise<void> {
  const attributes = { name, ...(repository && { "vcs-repo": { identifier: `${owner}/${repository}` } }) };
  const relationships = {
    tags: { data: tags.map((tag) => ({ type: "tags", attributes: { name: tag } })) },
  };
  const { data } = await api.post(
    `/organizations/${organization}/workspaces`,
    { data: { type: "workspaces", attributes, relationships } },
    z.object({ data: z.object({ id: z.string() }) }),
  );
  const output = (value: string, sensitive: boolean): object => ({ value, type: "string", sensitive });
  const all: (readonly [string, object])[] = [
    ...Object.entries(secrets).map(([key, value]) => [key, output(value, true)] as const),
    ...Object.entries(outputs).map(([key, value]) => [key, output(value, false)] as const),
  ];
  if (all.length === 0) return;
  const state = JSON.stringify({
    ...{ version: 4, terraform_version: "1.14.5", serial: 1, lineage: randomUUID(), resources: [] },
    outputs: Object.fromEntries(all),
  });
  const version = {
    serial: 1,
    md5: createHash("md5").update(state).digest("hex"),
    state: Buffer.from(state).toString("base64"),
  };
  await api.post(`/workspaces/${data.id}/actions/lock`, {}, anything);
  await api.post(
    `/workspaces/${data.id}/state-versions`,
    { data: { type: "state-versions", attributes: version } },
    anything,
  );
}
