/** The reason of a person's first invitation. It never sends a second one, so a removed `reset` is no reason. */
export const firstInvitation = "create";
