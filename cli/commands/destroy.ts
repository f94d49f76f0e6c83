import { stackCommand } from "../stack-command.ts";

export const command = stackCommand({
  operation: "destroy",
  description: "remove everything of tenants whose files say `status: destroyed` and `confirmDestroy: <id>`",
});
