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

/** How far somebody is: their membership's id, their invitation's id. */
interface Standing {
  readonly member: string | undefined;
  readonly invitations: readonly string[];
}

/** Makes the implementation with the credentials from an environment. */
export function configure(
  environment: Environment,
): Implementation<WorkspaceMemberInputs, WorkspaceMemberOutputs> {
  const client = (): ApiClient => twentyClient(environment);

  const settled = async (news: WorkspaceMemberInputs): Promise<WorkspaceMemberOutputs> => {
    if (!news.enabled) await endAccess(client(), news.email);
    return asFound(news, await standingOf(client(), news.email));
  };

  return {
    inputs,
    outputs,
    replaceOn: ["email"],

    async create(news) {
      const { member } = await standingOf(client(), news.email);
      if (member !== undefined && !news.adopt) throw notOurs(news.email);
      return { id: news.email, outputs: await settled(news) };
    },

    read: async (_id, state) => asFound(state, await standingOf(client(), state.email)),
    update: (_id, _olds, news) => settled(news),
    delete: (_id, state) => endAccess(client(), state.email),
  };
}

async function standingOf(client: ApiClient, email: string): Promise<Standing> {
  const members = await membersOf(client).find(equals("userEmail", email));
  const member = members.find((each) => !each.deletedAt && each.userEmail?.toLowerCase() === email);
  const invitations = (await pendingInvitations(client)).filter((each) => each.email.toLowerCase() === email);
  return { member: member?.id, invitations: invitations.map(({ id }) => id) };
}

/** Withdraws invitations and ends the membership. The invitation first: it must not be taken up in between. */
async function endAccess(client: ApiClient, email: string): Promise<void> {
  const { member, invitations } = await standingOf(client, email);
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
