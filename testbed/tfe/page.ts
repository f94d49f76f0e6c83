import type { Item } from "./store.ts";

/** A page of a list and where it is in it (https://developer.hashicorp.com/terraform/cloud-docs/api-docs#pagination). */
export interface Page {
  readonly items: readonly Item[];
  readonly meta: { readonly pagination: Readonly<Record<string, number | null>> };
}

/** The page that a query asks for: 20 items of the first one, unless it says otherwise, 100 at most. */
export function pageOf(all: readonly Item[], query: URLSearchParams): Page {
  const number = Math.max(1, Number(query.get("page[number]") ?? 1) || 1);
  const size = Math.min(100, Math.max(1, Number(query.get("page[size]") ?? 20) || 20));
  const last = Math.max(1, Math.ceil(all.length / size));
  return {
    items: all.slice((number - 1) * size, number * size),
    meta: {
      pagination: {
        "current-page": number,
        "page-size": size,
        "prev-page": number > 1 ? number - 1 : null,
        "next-page": number < last ? number + 1 : null,
        "total-pages": last,
        "total-count": all.length,
      },
    },
  };
}
