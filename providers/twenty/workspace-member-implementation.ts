import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import type { Implementation } from "../implementation.ts";
import { twentyClient, type Environment } from "./client.ts";
import { equals } from "./filter.ts";
import { pendingInvitations, withdrawInvitation } from "./invitations.ts";
import { anyRecord, Records } from "./records.ts";

const inputs = z.strictObject({
  email: z.email().transform((address) => address.toLowerCase()),
  enabled: z.boolean().default(true),
  adopt: z.boolean().default(false),
});
const outputs = inputs.extend({ status: z.enum(["absent", "invited", "member"]) });

export type WorkspaceMemberInputs = z.output<typeof inputs>;
export type WorkspaceMemberOutputs = z.output<typeof outputs>;

const shape = anyRecord.extend({ userEmail: z.string().nullish() });

/** How far somebody is: their membership's id, their invitations'. */
interface Standing {
  readonly member: string | undefined;
  readonly invitations: readonly string[];
}
const nowhere: Standing = { member: undefined, invitations: [] };

/** Makes the implementation with the credentials from an environment. */
export function configure(
  environment: Environment,
): Implementation<WorkspaceMemberInputs, WorkspaceMemberOutputs> {
  const look = (email: string): Promise<Standing> => standingOf(twentyClient(environment), email);
  const endAccess = (email: string, standing: Standing): Promise<void> =>
    withdraw(twentyClient(environment), email, standing);

  return {
    inputs,
    outputs,
    replaceOn: ["email"],

    async create(news) {
      const standing = await look(news.email);
      if (standing.member !== undefined && !news.adopt) throw notOurs(news.email);
      if (!news.enabled) await endAccess(news.email, standing);
      return { id: news.email, outputs: asFound(news, news.enabled ? standing : nowhere) };
    },

    read: async (_id, state) => asFound(state, await look(state.email)),

    async update(_id, _olds, news) {
      const standing = await look(news.email);
      if (!news.enabled) await endAccess(news.email, standing);
      return asFound(news, news.enabled ? standing : nowhere);
    },

    delete: async (_id, { email }) => endAccess(email, await look(email)),
  };
}

async function standingOf(client: ApiClient, email: string): Promise<Standing> {
  const [members, invitations] = await Promise.all([
    membersOf(client).live(equals("userEmail", email)),
    pendingInvitations(client),
  ]);
  return {
    member: members.find((each) => each.userEmail?.toLowerCase() === email)?.id,
    invitations: invitations.filter((each) => each.email.toLowerCase() === email).map(({ id }) => id),
  };
}

/** Withdraws invitations, then ends the membership: none may be taken up in between. */
async function withdraw(client: ApiClient, email: string, { member, invitations }: Standing): Promise<void> {
  for (const id of invitations) await withdrawInvitation(client, id);
  if (member === undefined) return;
  try {
    await membersOf(client).remove(member);
  } catch (error) {
    if (error instanceof ApiFailure && (error.status === 400 || error.status === 403))
      throw cannot(email, error);
    throw error;
  }
}

function membersOf(client: ApiClient): Records<z.output<typeof shape>> {
  return new Records(client, { many: "workspaceMembers", one: "WorkspaceMember" }, shape);
}

/** What is disabled and has access all the same is enabled, so that the diff says it. */
function asFound(state: WorkspaceMemberInputs, { member, invitations }: Standing): WorkspaceMemberOutputs {
  const { email, adopt } = state;
  const status = member !== undefined ? "member" : invitations.length > 0 ? "invited" : "absent";
  return { email, adopt, enabled: state.enabled || status !== "absent", status };
}

function notOurs(email: string): Failure {
  return new Failure("member-not-ours", `${email} is in Twenty's workspace already`, {
    system: "Twenty",
    fix: "write adopt: true on the person of the tenant's file, so that their access ends when they leave",
  });
}

/** Current versions keep the removal of members to people. */
function cannot(email: string, cause: ApiFailure): Failure {
  return new Failure("capability-missing", `this Twenty lets no API key remove the member ${email}`, {
    system: "Twenty",
    fix: "remove them in Twenty's Settings → Members, then run it again",
    cause,
  });
}
