import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { standIn } from "../../../testbed/twenty/serve.ts";
import { Workspace } from "../../../testbed/twenty/workspace.ts";

const records = z.object({ data: z.record(z.string(), z.array(z.looseObject({ id: z.string() }))) });
const record = z.object({ data: z.record(z.string(), z.looseObject({ id: z.string() })) });
type Fields = Readonly<Record<string, unknown>>;
type Found = Readonly<{ id: string }> & Fields;

/**
 * The Twenty that a contract suite talks to: a stand-in of its own, or the real one that TENANTRY_TEST_TWENTY_URL and
 * TENANTRY_TEST_TWENTY_KEY name. Variables of their own, so that no workspace in use is tested by accident. There may
 * be anything in it; what a suite makes carries `run` in its address or name, and `close` removes that for good.
 */
export class TwentyUnderTest {
  readonly url: string;
  readonly key: string;
  /** Whether it is the real one, where nobody can be made a member from here. */
  readonly real: boolean;
  /** A word that nothing else in the workspace has. */
  readonly run = `tenantrytest${randomBytes(5).toString("hex")}`;
  readonly #stop: () => void;

  private constructor(url: string, key: string, stop?: () => void) {
    this.url = url;
    this.key = key;
    this.real = stop === undefined;
    this.#stop = stop ?? (() => undefined);
  }

  static async start(): Promise<TwentyUnderTest> {
    const { TENANTRY_TEST_TWENTY_URL: url, TENANTRY_TEST_TWENTY_KEY: given } = process.env;
    if (url && given) return new TwentyUnderTest(url, given);
    const folder = mkdtempSync(join(tmpdir(), "tenantry-twenty-"));
    const key = randomBytes(24).toString("base64url");
    const server = standIn(new Workspace(join(folder, "workspace.json")), key);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return new TwentyUnderTest(`http://127.0.0.1:${port}`, key, () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    });
  }

  /** The environment that implementations are configured with. */
  environment(url = this.url): Record<string, string> {
    return { TWENTY_API_URL: url, TWENTY_API_KEY: this.key };
  }

  /** An address that only this run has. */
  email(name: string): string {
    return `${name}.${this.run}@example.com`;
  }

  async call(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** What somebody does by hand: a record that no tenant made. */
  async make(many: string, fields: Fields): Promise<string> {
    const { body } = await this.call("POST", `/rest/${many}`, fields);
    const [made] = Object.values(record.parse(body).data);
    return made?.id ?? "";
  }

  async change(many: string, id: string, fields: Fields): Promise<void> {
    record.parse((await this.call("PATCH", `/rest/${many}/${id}`, fields)).body);
  }

  async softDelete(many: string, id: string): Promise<void> {
    await this.call("DELETE", `/rest/${many}/${id}?soft_delete=true`);
  }

  async destroy(many: string, id: string): Promise<void> {
    await this.call("DELETE", `/rest/${many}/${id}`);
  }

  /** Everything of this run, or what a condition says, that isn't deleted. */
  async list(many: "people" | "companies", condition = this.#ofThisRun(many)): Promise<Found[]> {
    const { body } = await this.call("GET", `/rest/${many}?depth=0&filter=${encodeURIComponent(condition)}`);
    return records.parse(body).data[many] ?? [];
  }

  listDeleted(many: "people" | "companies"): Promise<Found[]> {
    return this.list(many, `and(${this.#ofThisRun(many)},deletedAt[is]:NOT_NULL)`);
  }

  /** Removes everything of this run for good. */
  async clean(): Promise<void> {
    for (const many of ["people", "companies"] as const) {
      for (;;) {
        const left = [...(await this.list(many)), ...(await this.listDeleted(many))];
        if (left.length === 0) break;
        for (const { id } of left) await this.destroy(many, id);
      }
    }
  }

  async close(): Promise<void> {
    await this.clean();
    this.#stop();
  }

  #ofThisRun(many: "people" | "companies"): string {
    return many === "people" ? `emails.primaryEmail[ilike]:"%${this.run}%"` : `name[ilike]:"%${this.run}%"`;
  }
}
