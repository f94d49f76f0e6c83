import { stackCommand } from "../stack-command.ts";

export const command = stackCommand({
  operation: "preview",
  description: "show what up would change, and change nothing",
  refresh: "compare with the systems themselves, not with what was last known of them: shows drift",
});
