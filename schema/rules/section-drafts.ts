import { z } from "zod";
import { flag, text, texts } from "./understood.ts";

export const collaborationDraft = z
  .object({
    team: text,
    signIn: text,
    channels: z
      .array(z.object({ name: text }).catch({}))
      .catch([])
      .optional(),
    bots: z
      .array(z.object({ name: text, channels: texts }).catch({}))
      .catch([])
      .optional(),
    webhooks: z
      .array(z.object({ name: text, channel: text }).catch({}))
      .catch([])
      .optional(),
  })
  .optional()
  .catch(undefined);

export const workspacesDraft = z
  .object({
    organization: text,
    groups: flag,
    templates: z
      .array(z.object({ name: text }).catch({}))
      .catch([])
      .optional(),
    personal: z
      .object({
        template: text,
        autostart: z.object({ timezone: text }).optional().catch(undefined),
        stopAfter: text,
      })
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);

const anything = z.record(z.string(), z.unknown()).optional().catch(undefined);

const repositoryDraft = z
  .object({
    name: text,
    description: text,
    topics: texts,
    teams: anything,
    protect: z
      .object({ approvals: z.number().optional().catch(undefined) })
      .optional()
      .catch(undefined),
    labels: z
      .array(z.object({ name: text, description: text }).catch({}))
      .catch([])
      .optional(),
    files: z
      .array(
        z.object({ path: text, content: z.unknown().optional(), source: z.unknown().optional() }).catch({}),
      )
      .catch([])
      .optional(),
    webhooks: z
      .array(z.object({ url: text, events: texts }).catch({}))
      .catch([])
      .optional(),
    actions: z.object({ variables: anything, secrets: anything }).optional().catch(undefined),
    deployKeys: z
      .array(z.object({ title: text }).catch({}))
      .catch([])
      .optional(),
  })
  .catch({});

export const sourceControlDraft = z
  .object({
    system: text,
    organization: text,
    adopt: flag,
    repositories: z.array(repositoryDraft).catch([]).optional(),
  })
  .optional()
  .catch(undefined);

const variablesDraft = z
  .array(z.object({ key: text, value: text, secret: text, category: text }).catch({}))
  .catch([])
  .optional();

export const deliveryDraft = z
  .object({
    environments: z
      .array(
        z
          .object({ name: text, repository: text, autoApply: flag, after: texts, variables: variablesDraft })
          .catch({}),
      )
      .catch([])
      .optional(),
    variableSets: z
      .array(z.object({ name: text, environments: texts, variables: variablesDraft }).catch({}))
      .catch([])
      .optional(),
    teams: z
      .array(z.object({ name: text }).catch({}))
      .catch([])
      .optional(),
    notifications: z
      .array(z.object({ name: text, environments: texts }).catch({}))
      .catch([])
      .optional(),
  })
  .optional()
  .catch(undefined);
