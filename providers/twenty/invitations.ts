import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import { askMetadata } from "./client.ts";

const invitation = z.object({ id: z.string(), email: z.string() });

/** Invitations to the workspace that nobody has taken up. An API key sees and withdraws them, and can't send any. */
export async function pendingInvitations(client: ApiClient): Promise<z.output<typeof invitation>[]> {
  const shape = z.object({ findWorkspaceInvitations: z.array(invitation) });
  const answer = await askMetadata(client, "query { findWorkspaceInvitations { id email } }", {}, shape);
  return answer.findWorkspaceInvitations;
}

/** Withdraws an invitation: its link stops working. Withdrawn already is success. */
export async function withdrawInvitation(client: ApiClient, id: string): Promise<void> {
  const query = "mutation ($id: String!) { deleteWorkspaceInvitation(appTokenId: $id) }";
  await askMetadata(client, query, { id }, z.object({ deleteWorkspaceInvitation: z.string() }));
}
