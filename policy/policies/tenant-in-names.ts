import { z } from "zod";
import { policy } from "../policy.ts";
import { coder, gitea, mattermost, postgresql } from "../types.ts";

/** What stands between the tenant's id and the rest of a name, by the type of what is named. */
const separators: Readonly<Record<string, string>> = {
  [postgresql.role]: "_",
  [postgresql.login]: "_",
  [mattermost.user]: "_",
  [mattermost.bot]: "_",
  [gitea.user]: "_",
  [coder.user]: "-",
  [coder.template]: "-",
};

export const tenantInNames = policy({
  name: "tenant-in-names",
  severity: "mandatory",
  demand: "names on servers that tenants share begin with the tenant's id",
  reason: "A name that doesn't say whose it is can be another tenant's, and ends up with its rights.",
  remedy: "leave names to Tenantry: it puts the `id` before each `username`, bot's and template's `name`",
  types: Object.keys(separators),
  inputs: { name: z.string().optional(), username: z.string().optional() },
  check: ({ name, username }, { type }, { id }) => {
    // A person's `name` in Coder is what they are called.
    const found = username ?? name;
    const beginning = `${id}${separators[type] ?? ""}`;
    return [
      found !== undefined && !found.startsWith(beginning) && `${found} doesn't begin with ${beginning}`,
    ];
  },
});
