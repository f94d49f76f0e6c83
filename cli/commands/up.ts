import { stackCommand } from "../stack-command.ts";

export const command = stackCommand({
  operation: "up",
  description: "make the systems match the tenants' files",
  refresh: "look at the systems themselves first, and repair what was changed by hand",
});
