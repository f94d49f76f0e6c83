import { stackCommand } from "../stack-command.ts";

export const command = stackCommand({
  operation: "drift",
  description: "compare deployed tenants with the systems themselves, and change nothing",
});
