import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { apiOf, listAll, path, serverFrom, type Environment } from "../../providers/tfe/api.ts";
import { testEnvironment } from "./servers.ts";

const references = z.object({
  data: z.union([z.object({ id: z.string() }), z.array(z.object({ id: z.string() })), z.null()]),
});
const thing = z.object({
  id: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  relationships: z.record(z.string(), references).default({}),
});
type Thing = z.output<typeof thing>;

/** The tests' stand-in for Terraform Cloud, as somebody with its token sees and changes it. */
export class TfeProbe {
  readonly url: string;
  readonly organization: string;
  readonly #api: ReturnType<typeof apiOf>;

  constructor(environment: Environment) {
    const server = serverFrom(environment);
    this.url = server.url;
    this.organization = server.organization;
    this.#api = apiOf(server);
  }

  async workspace(name: string): Promise<Thing> {
    const where = path`/organizations/${this.organization}/workspaces/${name}`;
    const found = await this.#api.get(where, z.object({ data: thing }));
    if (found === undefined) throw new Error(`there is no workspace ${name}`);
    return found.data;
  }

  /** Waits until a workspace is there; a minute at most. */
  async appears(name: string): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      if ((await this.#named("workspaces", name)).length > 0) return;
      await sleep(100);
    }
    throw new Error(`no workspace ${name} appeared`);
  }

  /** What the API says of a workspace's variables, by key. */
  async variables(workspace: string): Promise<Record<string, unknown>> {
    const all = await this.#list(`/workspaces/${workspace}/vars`);
    return Object.fromEntries(all.map(({ attributes }) => [String(attributes["key"]), attributes["value"]]));
  }

  /** The ids of the workspaces whose runs start one here. */
  async triggers(workspace: string): Promise<string[]> {
    const all = await this.#list(`/workspaces/${workspace}/run-triggers?filter[run-trigger][type]=inbound`);
    return all.flatMap((each) => idsOf(each, "sourceable"));
  }

  async sets(prefix: string): Promise<{ name: string; projects: string[]; workspaces: string[] }[]> {
    const all = await this.#named("varsets", prefix);
    return all
      .map((each) => ({
        name: String(each.attributes["name"]),
        projects: idsOf(each, "projects"),
        workspaces: idsOf(each, "workspaces"),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** What each team may do in the tenant's project. */
  async teams(tenant: string): Promise<Record<string, unknown>> {
    const [project] = await this.#named("projects", `tenant-${tenant}`);
    const access = await this.#list(`/team-projects?filter[project][id]=${project?.id ?? ""}`);
    const teams = await this.#named("teams", tenant);
    return Object.fromEntries(
      teams.map(({ id, attributes }) => [
        String(attributes["name"]),
        access.find((each) => idsOf(each, "team").includes(id))?.attributes["access"],
      ]),
    );
  }

  notifications(workspace: string): Promise<Thing[]> {
    return this.#list(`/workspaces/${workspace}/notification-configurations`);
  }

  async make(kind: string, attributes: Readonly<Record<string, unknown>>): Promise<void> {
    const body = { data: { type: kind, attributes } };
    await this.#api.post(path`/organizations/${this.organization}/${kind}`, body, z.unknown());
  }

  /** Changes or removes one thing of each kind, as somebody might on Terraform Cloud's own pages. */
  async breakByHand(tenant: string, dev: string): Promise<void> {
    const [project] = await this.#named("projects", `tenant-${tenant}`);
    const [team] = await this.#named("teams", tenant);
    const [onlyDev, shared] = (await this.#named("varsets", tenant)).sort((a, b) =>
      String(a.attributes["name"]) < String(b.attributes["name"]) ? -1 : 1,
    );
    const prod = await this.workspace(`${tenant}-prod`);
    await this.#change("projects", project?.id, { description: "mine now" });
    await this.#change("workspaces", dev, { "auto-apply": false });
    const stray = { data: [{ type: "tags", attributes: { name: "stray" } }] };
    await this.#api.post(`/workspaces/${dev}/relationships/tags`, stray, z.unknown());
    const region = (await this.#list(`/workspaces/${dev}/vars`)).find(
      ({ attributes }) => attributes["key"] === "region",
    );
    await this.#api.patch(
      `/workspaces/${dev}/vars/${region?.id ?? ""}`,
      { data: { type: "vars", attributes: { value: "mars" } } },
      z.unknown(),
    );
    for (const { id } of await this.#list(
      `/workspaces/${prod.id}/run-triggers?filter[run-trigger][type]=inbound`,
    )) {
      await this.#api.delete(`/run-triggers/${id}`);
    }
    await this.#change("varsets", shared?.id, { description: "mine now" });
    await this.#api.delete(`/varsets/${shared?.id ?? ""}/relationships/projects`, {
      data: [{ type: "projects", id: project?.id }],
    });
    await this.#api.delete(`/varsets/${onlyDev?.id ?? ""}/relationships/workspaces`, {
      data: [{ type: "workspaces", id: dev }],
    });
    for (const { id } of await this.#list(`/varsets/${onlyDev?.id ?? ""}/relationships/vars`)) {
      await this.#api.delete(`/varsets/${onlyDev?.id ?? ""}/relationships/vars/${id}`);
    }
    await this.#change("teams", team?.id, { visibility: "secret" });
    const [access] = await this.#list(`/team-projects?filter[project][id]=${project?.id ?? ""}`);
    await this.#change("team-projects", access?.id, { access: "admin" });
    for (const { id } of await this.notifications(dev))
      await this.#change("notification-configurations", id, { enabled: false });
    for (const { id } of await this.notifications(prod.id))
      await this.#api.delete(`/notification-configurations/${id}`);
  }

  /** The names of everything of a tenant that is there. */
  async everythingOf(tenant: string): Promise<string[]> {
    const all = await Promise.all(kinds.map((kind) => this.#named(kind, tenant)));
    return all.flat().map(({ attributes }) => String(attributes["name"]));
  }

  /** Removes what has a word in its name. */
  async wipe(word: string): Promise<void> {
    for (const kind of kinds) {
      for (const { id } of await this.#named(kind, word)) await this.#api.delete(`/${kind}/${id}`);
    }
  }

  /** What the stand-in keeps, secrets too. */
  kept(): string {
    return readFileSync(join(testEnvironment, "tfe", "store.json"), "utf8");
  }

  async #change(
    type: string,
    id: string | undefined,
    attributes: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.#api.patch(`/${type}/${id ?? ""}`, { data: { type, attributes } }, z.unknown());
  }

  async #named(kind: string, word: string): Promise<Thing[]> {
    const all = await this.#list(path`/organizations/${this.organization}/${kind}`);
    return all.filter(({ attributes }) => String(attributes["name"]).includes(word));
  }

  #list(where: string): Promise<Thing[]> {
    return listAll(this.#api, where, thing);
  }
}

/** Workspaces before their projects, which can't go with them. */
const kinds = ["workspaces", "projects", "varsets", "teams"];

function idsOf({ relationships }: Thing, name: string): string[] {
  return [relationships[name]?.data ?? []].flat().map(({ id }) => id);
}
