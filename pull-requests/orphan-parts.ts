import { count } from "../report/count.ts";
import type { Part } from "./fit.ts";
import { fence } from "./markdown.ts";

/** Stacks that no tenant's file stands for. */
export function orphanParts(orphans: readonly string[]): Part[] {
  if (orphans.length === 0) return [];
  const why = `<p>Nothing is done to ${orphans.length === 1 ? "it" : "them"}, and nothing is lost. To remove a tenant, put its file back, marked for destruction, then run <code>tenantry destroy</code>.</p>`;
  return [
    {
      heading: "Stacks without a tenant's file",
      text: `${fence("text", orphans)}\n\n${why}`,
      short: `<p>${count(orphans.length, "stack")}. ${why.replace("<p>", "")}`,
      kind: "stack list",
      tenants: [],
    },
  ];
}
