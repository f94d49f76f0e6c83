import { z } from "zod";

/** The systems a person can have an account in, and whether people have one when no file says it. A new system is a new entry here. */
export const serviceDefaults = {
  database: true,
  identity: true,
  collaboration: false,
  workspaces: false,
  sourceControl: false,
  crm: false,
} as const;

export type Service = keyof typeof serviceDefaults;

export const services = z
  .strictObject({
    database: z.boolean().describe("A login role in the tenant's database."),
    identity: z.boolean().describe("An account in the tenant's realm."),
    collaboration: z.boolean().describe("An account in Mattermost, in the tenant's team and channels."),
    workspaces: z.boolean().describe("An account in Coder, with a workspace where there is a personal one."),
    sourceControl: z
      .boolean()
      .describe("An account in Gitea, or the one they have on GitHub, in the tenant's teams."),
    crm: z.boolean().describe("A contact of the tenant's company in Twenty."),
  } satisfies Record<Service, z.ZodBoolean>)
  .partial();
