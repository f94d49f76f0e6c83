import pLimit from "p-limit";
import { setImmediate } from "node:timers/promises";
import { Failure } from "../../report/failure.ts";
import type { Progress } from "../../report/progress.ts";
import type { Tenant } from "../../schema/tenant.ts";
import { loadEnvironment } from "../../stacks/environment.ts";
import { tenantServices } from "../../stacks/tenant-services.ts";
import { engineEnvironment } from "../engine-environment.ts";
import { failureProblem } from "../failure-problem.ts";
import { InputsOfRun } from "../inputs-of-run.ts";
import { loadMember, loadMembers, type Member } from "../load-members.ts";
import { listStacks, orphansOf } from "../orphans.ts";
import { candidateOf, prospectOf } from "../prospect.ts";
import type { StackProblem } from "../stack-outcome.ts";
import { unreadable } from "../unreadable.ts";
import type { ReportedProblem, ReportedRun } from "../read-report.ts";
import { healthOf, healths } from "./health.ts";
import type { Declared, FleetOverview, OrphanOverview, TenantOverview } from "./overview.ts";
import { type StackKnowledge, stackKnowledge } from "./stack-knowledge.ts";
import { systemsOf } from "./systems-of.ts";

interface Wanted {
  /** The project's folder. */
  readonly root: string;
  readonly environment: string;
  /** Ids of tenants; empty: all of them, and stacks without a file. */
  readonly named: readonly string[];
  readonly drift: ReportedRun | undefined;
  /** How many stacks are asked for at once. */
  readonly parallel: number;
  readonly progress: Progress;
}

/**
 * Gathers what files, states and a look for drift say of an environment's tenants. No engine is started where states lie in
 * a folder. Throws a {@link Failure} `tenant-not-found`, those of `engineEnvironment`, and `engine`.
 */
export async function gatherOverview(wanted: Wanted): Promise<FleetOverview> {
  const { root, environment, named, drift, progress } = wanted;
  const variables = { ...process.env, ...engineEnvironment(root, environment) };
  const context = { root, environment: variables };
  const inputs = new InputsOfRun(root, environment);
  const { members, problems } = await progress.step("reading tenant files", () => membersOf(root, named));
  const limit = pLimit(wanted.parallel);
  const read = <T>(title: string, all: readonly T[], work: (each: T) => Promise<void>): Promise<unknown> =>
    progress.step(title, async (say) => {
      let done = 0;
      const one = async (each: T): Promise<void> => {
        await work(each);
        done += 1;
        say(`${done} of ${all.length}`);
        // Reading files is work without a pause: signals and progress get their turn.
        await setImmediate();
      };
      await Promise.all(all.map((each) => limit(() => one(each))));
    });

  const known = new Map<string, StackKnowledge | Failure | undefined>();
  const learn = async (stack: string): Promise<void> => {
    known.set(stack, await stackKnowledge(stack, inputs.states, context).catch(unlessFailure));
  };
  const deployed = new Set(inputs.states?.stacks() ?? (await listStacks(context)));
  const stacks = members.map(({ id }) => `${environment}.${id}`).filter((stack) => deployed.has(stack));
  const ids = members.map(({ id }) => id);
  const orphans = named.length > 0 ? [] : orphansOf([...deployed], { environment, tenants: ids });
  await read("reading stacks", [...stacks, ...orphans], learn);
  return {
    environment,
    madeAt: new Date().toISOString(),
    driftAt: drift?.at,
    tenants: members
      .map((member) =>
        tenantOverview(member, { ...wanted, inputs, stack: known.get(`${environment}.${member.id}`) }),
      )
      .sort(byHealth),
    orphans: orphans.flatMap((stack) => orphanOverview(stack, known.get(stack))),
    problems: problems.map(unreadable),
  };
}

async function membersOf(
  root: string,
  named: readonly string[],
): Promise<Awaited<ReturnType<typeof loadMembers>>> {
  if (named.length === 0) return loadMembers(root);
  const members = [...new Set(named)].map((id) => loadMember(root, id));
  const missing = members.find(({ problems }) => problems.some(({ code }) => code === "tenant-not-found"));
  if (missing) {
    throw new Failure("tenant-not-found", `there is no tenant ${missing.id}`, {
      fix: "name the id of a tenant in tenants/",
    });
  }
  return { members, problems: [] };
}

interface Known extends Pick<Wanted, "root" | "environment" | "drift"> {
  readonly inputs: InputsOfRun;
  readonly stack: StackKnowledge | Failure | undefined;
}

function tenantOverview(member: Member, { root, environment, drift, inputs, stack }: Known): TenantOverview {
  const tenant = member.loaded?.tenant;
  const knowledge = stack instanceof Failure ? undefined : stack;
  const found = drift?.tenants.find((each) => each.tenant === member.id);
  const problems = withoutRepeats([
    ...member.problems.map(unreadable),
    ...(stack instanceof Failure ? [failureProblem(stack)] : []),
    ...(found?.problems ?? []).map(asWhole),
  ]);
  return {
    id: member.id,
    file: member.file,
    declared: tenant && declaredOf(tenant),
    ...healthOf({
      status: tenant?.status,
      problems,
      standing: tenant && candidateOf(prospectOf(member, inputs)).standing,
      stack: knowledge,
      drift: found,
    }),
    problems,
    systems: systemsOf(
      tenant,
      tenant && tenantServices(tenant, loadEnvironment(root, environment)),
      knowledge?.outputs ?? {},
    ),
    resources: knowledge?.resources ?? 0,
    lastChange: knowledge?.lastChange,
    drift: found,
  };
}

function declaredOf(tenant: Tenant): Declared {
  const { name, kind, status, plan, region, parent, domains, users } = tenant;
  return { name, kind, status, plan, region, parent, domains, people: users.length };
}

/** JSON leaves out what is undefined. */
function asWhole({ policy, ...problem }: ReportedProblem): StackProblem {
  const nothing = { system: undefined, fix: undefined, resource: undefined, position: undefined };
  return { ...nothing, ...problem, ...(policy !== undefined && { policy }) };
}

/** What is wrong with a file, the look for drift said as well. */
function withoutRepeats(problems: readonly StackProblem[]): StackProblem[] {
  const keyOf = ({ code, message, position }: StackProblem): string =>
    JSON.stringify([code, message, position?.file, position?.line]);
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()];
}

function orphanOverview(stack: string, known: StackKnowledge | Failure | undefined): OrphanOverview[] {
  if (known instanceof Failure || known === undefined)
    return [{ stack, resources: undefined, lastChange: undefined }];
  // An empty stack is one that was destroyed.
  const { resources, lastChange, cutOff } = known;
  return resources === 0 && !cutOff ? [] : [{ stack, resources, lastChange }];
}

function byHealth(one: TenantOverview, other: TenantOverview): number {
  const byNeed = healths.indexOf(one.health) - healths.indexOf(other.health);
  return byNeed === 0 ? one.id.localeCompare(other.id, "en") : byNeed;
}

/** One stack that can't be read is that tenant's failure. */
function unlessFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
