import { z } from "zod";
import type { Service } from "../sections/services.ts";
import { collaborationDraft, deliveryDraft, sourceControlDraft, workspacesDraft } from "./section-drafts.ts";
import { flag, lowerCase, text, texts } from "./understood.ts";

const services = z
  .object({
    database: flag,
    identity: flag,
    collaboration: flag,
    workspaces: flag,
    sourceControl: flag,
    crm: flag,
  } satisfies Record<Service, typeof flag>)
  .optional()
  .catch(undefined);

/**
 * The parts of a tenant that rules between values look at. A part that could not be understood is undefined, so that rules can
 * speak about the rest of a file whose shape is wrong. Every `Tenant` is a draft too.
 */
export const draft = z.object({
  id: text,
  name: text,
  kind: text,
  status: text,
  confirmDestroy: text,
  parent: text,
  domains: texts,
  organizations: z
    .object({ github: text, terraformCloud: text, googleCloud: text })
    .optional()
    .catch(undefined),
  teams: z
    .array(z.object({ id: text, name: text }).catch({}))
    .catch([])
    .optional(),
  users: z
    .array(
      z
        .object({
          email: lowerCase,
          username: text,
          github: text,
          firstName: text,
          lastName: text,
          teams: texts,
          services,
        })
        .catch({}),
    )
    .catch([])
    .optional(),
  waivers: z
    .array(z.object({ policy: text, resource: text, until: text }).catch({}))
    .catch([])
    .optional(),
  services,
  database: z.object({ name: text }).optional().catch(undefined),
  identity: z
    .object({
      realm: text,
      allowedEmailDomains: texts,
      sessions: z.object({ idle: text, max: text }).optional().catch(undefined),
      clients: z
        .array(z.object({ id: text }).catch({}))
        .catch([])
        .optional(),
      identityProviders: z
        .array(z.object({ type: text, alias: text }).catch({}))
        .catch([])
        .optional(),
    })
    .optional()
    .catch(undefined),
  collaboration: collaborationDraft,
  workspaces: workspacesDraft,
  sourceControl: sourceControlDraft,
  delivery: deliveryDraft,
});

export type Draft = z.output<typeof draft>;
