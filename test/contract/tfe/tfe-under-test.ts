import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { apiOf, listAll, path } from "../../../providers/tfe/api.ts";
import { fetchUnverified } from "../../../providers/http/fetch-unverified.ts";
import { selfSigned } from "../../../testbed/self-signed.ts";
import { firstOrganization } from "../../../testbed/tfe/organizations.ts";
import { standIn } from "../../../testbed/tfe/serve.ts";
import { Store } from "../../../testbed/tfe/store.ts";

/** A thing as the API gives it. */
const thing = z.object({
  id: z.string(),
  type: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  relationships: z.record(z.string(), z.looseObject({ data: z.unknown() })).optional(),
  links: z.record(z.string(), z.unknown()).optional(),
});
export type Thing = z.output<typeof thing>;

type Attributes = Readonly<Record<string, unknown>>;
type Relationships = Readonly<Record<string, { readonly data: unknown }>>;

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const replied = z.object({ data: thing });

/**
 * The Terraform Cloud that a contract suite talks to: a stand-in of its own, or the real one that
 * TENANTRY_TEST_TFE_HOSTNAME, TENANTRY_TEST_TFE_ORGANIZATION and TENANTRY_TEST_TFE_TOKEN name. Variables of their own,
 * so that no organization in use is tested by accident. There may be anything in it; what a suite makes carries `run` in
 * its name, and `close` removes that.
 */
export class TfeUnderTest {
  readonly host: string;
  readonly organization: string;
  readonly token: string;
  readonly real: boolean;
  /** A word that nothing else in the organization has. */
  readonly run = `tt${randomBytes(4).toString("hex")}`;
  readonly #stop: () => void;

  private constructor(host: string, organization: string, token: string, stop?: () => void) {
    this.host = host;
    this.organization = organization;
    this.token = token;
    this.real = stop === undefined;
    this.#stop = stop ?? (() => undefined);
  }

  static async start(): Promise<TfeUnderTest> {
    const { TENANTRY_TEST_TFE_ORGANIZATION: organization, TENANTRY_TEST_TFE_TOKEN: given } = process.env;
    const { TENANTRY_TEST_TFE_HOSTNAME: host = "app.terraform.io" } = process.env;
    if (organization && given) return new TfeUnderTest(host, organization, given);
    const folder = mkdtempSync(join(tmpdir(), "tenantry-tfe-"));
    const token = randomBytes(24).toString("base64url");
    const server = standIn(new Store(join(folder, "store.json")), token, selfSigned());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return new TfeUnderTest(`127.0.0.1:${port}`, firstOrganization, token, () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    });
  }

  /** The environment that implementations are configured with. */
  get environment(): Record<string, string> {
    return {
      TFE_HOSTNAME: this.host,
      TFE_ORGANIZATION: this.organization,
      TFE_TOKEN: this.token,
      ...(!this.real && { TFE_SSL_SKIP_VERIFY: "true" }),
    };
  }

  /** A call below /api/v2, whatever the answer. */
  async call(method: string, where: string, body?: unknown, token = this.token): Promise<Reply> {
    return await this.fetch(`/api/v2${where}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/vnd.api+json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async fetch(where: string, init: RequestInit = {}): Promise<Reply & { readonly headers: Headers }> {
    const send = this.real ? fetch : fetchUnverified;
    const response = await send(`https://${this.host}${where}`, init);
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? undefined : JSON.parse(text),
      headers: response.headers,
    };
  }

  /** Makes a thing, and expects that it could be made. */
  async make(
    where: string,
    type: string,
    attributes: Attributes,
    relationships: Relationships = {},
  ): Promise<Thing> {
    const { status, body } = await this.call("POST", where, { data: { type, attributes, relationships } });
    if (status !== 201) throw new Error(`POST ${where}: ${status} ${JSON.stringify(body)}`);
    return replied.parse(body).data;
  }

  async change(where: string, type: string, attributes: Attributes): Promise<Thing> {
    return replied.parse((await this.call("PATCH", where, { data: { type, attributes } })).body).data;
  }

  /** A thing; undefined when it isn't there. */
  async read(where: string): Promise<Thing | undefined> {
    const { status, body } = await this.call("GET", where);
    return status === 404 ? undefined : replied.parse(body).data;
  }

  async list(where: string): Promise<Thing[]> {
    const unverified = !this.real;
    const api = apiOf({
      url: `https://${this.host}`,
      organization: this.organization,
      token: this.token,
      unverified,
    });
    return await listAll(api, where, thing);
  }

  makeProject(name = `${this.run} project`): Promise<Thing> {
    return this.make(path`/organizations/${this.organization}/projects`, "projects", { name });
  }

  makeWorkspace(
    name: string,
    attributes: Attributes = {},
    relationships: Relationships = {},
  ): Promise<Thing> {
    const where = path`/organizations/${this.organization}/workspaces`;
    return this.make(where, "workspaces", { name: `${this.run}-${name}`, ...attributes }, relationships);
  }

  /** Removes everything of this run. */
  async close(): Promise<void> {
    const organization = path`/organizations/${this.organization}`;
    for (const { id } of await this.list(`${organization}/workspaces?search[name]=${this.run}`)) {
      await this.call("DELETE", `/workspaces/${id}`);
    }
    for (const kind of ["projects", "varsets", "teams"]) {
      for (const { id, attributes } of await this.list(`${organization}/${kind}`)) {
        if (String(attributes["name"]).includes(this.run)) await this.call("DELETE", `/${kind}/${id}`);
      }
    }
    this.#stop();
  }
}
