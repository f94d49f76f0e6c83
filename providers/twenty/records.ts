import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { deletedToo, equals } from "./filter.ts";
import { patiently } from "./patience.ts";

/** What every record has. `deletedAt`: when it was moved to the deleted ones; Twenty keeps those. */
export const anyRecord = z.object({ id: z.string(), deletedAt: z.string().nullish() });
export type AnyRecord = z.output<typeof anyRecord>;

/** How the API calls a kind of record: `/rest/people`, `{ data: { createPerson: … } }`. */
export interface Names {
  readonly many: string;
  readonly one: string;
}

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
const pageSize = 60;

/**
 * The records of one kind in Twenty's REST API (its address: `/rest/open-api/core`). Methods throw what {@link ApiClient}
 * throws, and `conflict` where Twenty answers 400 because another record, a deleted one too, has the unique value.
 */
export class Records<T extends AnyRecord> {
  readonly #client: ApiClient;
  readonly #names: Names;
  readonly #shape: z.ZodType<T>;

  constructor(client: ApiClient, names: Names, shape: z.ZodType<T>) {
    this.#client = client;
    this.#names = names;
    this.#shape = shape;
  }

  /** All that meet the condition and are not deleted. */
  async live(condition: string): Promise<T[]> {
    const shape = z.object({ data: z.record(z.string(), z.array(this.#shape)), pageInfo });
    const query = `?depth=0&limit=${pageSize}&filter=${encodeURIComponent(condition)}`;
    const all: T[] = [];
    for (let after = ""; ;) {
      const path = `${this.#path()}${query}${after}`;
      const page = await patiently(() => this.#client.get(path, shape));
      const found = page?.data[this.#names.many];
      if (page === undefined || found === undefined) throw this.#unexpected(`GET ${this.#path()}`);
      all.push(...found);
      if (!page.pageInfo.hasNextPage || !page.pageInfo.endCursor) return all;
      after = `&starting_after=${encodeURIComponent(page.pageInfo.endCursor)}`;
    }
  }

  /** All that meet the condition, the deleted ones last. One call: workspaces may have 100 a minute. */
  async all(condition: string): Promise<T[]> {
    const found = await this.live(deletedToo(condition));
    return found.toSorted((one, other) => Number(Boolean(one.deletedAt)) - Number(Boolean(other.deletedAt)));
  }

  create(body: object): Promise<T> {
    return this.#written("create", () => this.#client.post(this.#path(), body, this.#answer("create")));
  }

  update(id: string, body: object): Promise<T> {
    return this.#written("update", () => this.#client.patch(this.#path(id), body, this.#answer("update")));
  }

  /** Brings a deleted record back. */
  async restore(id: string): Promise<void> {
    await patiently(() => this.#client.patch(`${this.#path(id)}/restore`, {}, z.unknown()));
  }

  /** Moves a record to the deleted ones. */
  async remove(id: string): Promise<void> {
    if ((await this.live(equals("id", id))).length === 0) return;
    // Without soft_delete the record is gone for ever, with everything that people noted on it.
    await patiently(() => this.#client.delete(`${this.#path(id)}?soft_delete=true`));
  }

  #path(id?: string): string {
    return id === undefined ? `/rest/${this.#names.many}` : `/rest/${this.#names.many}/${id}`;
  }

  #answer(verb: string): z.ZodType<T | undefined> {
    const key = `${verb}${this.#names.one}`;
    return z.object({ data: z.record(z.string(), this.#shape) }).transform(({ data }) => data[key]);
  }

  async #written(verb: string, work: () => Promise<T | undefined>): Promise<T> {
    try {
      const record = await patiently(work);
      if (record === undefined) throw this.#unexpected(`${verb} of /rest/${this.#names.many}`);
      return record;
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.status !== 400) throw error;
      if (!/duplicate|already exists|unique/i.test(error.message)) throw error;
      throw new ApiFailure("conflict", error.message, {
        system: "Twenty",
        status: 400,
        fix: `look among Twenty's ${this.#names.many}, the deleted ones too, for what has this address or domain`,
        cause: error,
      });
    }
  }

  #unexpected(call: string): ApiFailure {
    return new ApiFailure("unexpected-answer", `${call} was not answered as Twenty answers`, {
      system: "Twenty",
      fix: "check TWENTY_API_URL: something else answers there, or a version of Twenty that Tenantry does not know",
    });
  }
}
