import { z } from "zod";
import { adopt, domain, name } from "../patterns.ts";

export const crm = z.strictObject({
  company: z
    .strictObject({
      name: name.max(100).optional().describe("The company's name. Default: the tenant's name."),
      domain: domain
        .optional()
        .describe("The company's domain. Default: the first of the tenant's `domains`."),
    })
    .prefault({})
    .describe("The company that the tenant's people are contacts of."),
  adopt: adopt.describe("Take over a company of this name or domain that exists already."),
});
