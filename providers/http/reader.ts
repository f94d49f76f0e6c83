import type { ApiClient } from "./api-client.ts";

/** A client that can only read: there is nothing else to call. */
export type Reader = Pick<ApiClient, "get">;

/** Takes everything from a client but reading, at run time too. */
export function readerOf(client: ApiClient): Reader {
  return { get: (path, shape) => client.get(path, shape) };
}
