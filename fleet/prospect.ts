import type { Deployed } from "./deployed-record.ts";
import type { InputsOfRun } from "./inputs-of-run.ts";
import type { Member } from "./load-members.ts";
import { onlyAdds } from "./only-adds.ts";
import type { Candidate, Standing } from "./select-tenants.ts";
import { inputsDigest, sourcesOf, type TenantInputs } from "./tenant-inputs.ts";

/** A tenant that a run could be about, with what is known of its inputs. */
export interface Prospect {
  readonly member: Member;
  readonly inputs: TenantInputs | undefined;
  readonly deployed: Deployed | undefined;
  readonly isNew: boolean;
}

/** Looks up what is known of a tenant's inputs. */
export function prospectOf(member: Member, inputs: InputsOfRun): Prospect {
  const tenant = member.loaded?.tenant;
  if (tenant === undefined) return { member, inputs: undefined, deployed: undefined, isNew: false };
  const deployed = inputs.deployed(tenant);
  return {
    member,
    inputs: inputs.now(tenant),
    deployed,
    isNew: deployed === undefined && inputs.isNew(tenant),
  };
}

/** A tenant as the selector knows it. */
export function candidateOf(prospect: Prospect): Candidate {
  const { id, file } = prospect.member;
  return { id, file, madeOf: madeOf(prospect.member), standing: standingOf(prospect) };
}

function standingOf({ inputs, deployed, isNew }: Prospect): Standing | undefined {
  if (isNew) return { is: "not deployed" };
  if (inputs === undefined || deployed === undefined) return undefined;
  return { is: deployed.digest === inputsDigest(inputs) ? "as deployed" : "other", at: deployed.at };
}

/** Whether a deployment could delete anything, as far as one can tell without the engine. */
export function mayDelete({ inputs, deployed, isNew }: Prospect): boolean {
  if (isNew) return false;
  if (inputs === undefined || deployed === undefined) return true;
  return inputs.rest !== deployed.rest || !onlyAdds(deployed.tenant, roundTrip(inputs.tenant));
}

/** As it comes back from a file: without keys that have no value. */
function roundTrip(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Of a tenant that couldn't be read nobody knows the plan: every layer is its business, and whom it is at odds with. */
function madeOf({ loaded, problems }: Member): Map<string, string> {
  const defaults: [string, string] = ["tenants/defaults.yaml", "the defaults"];
  if (loaded === undefined) {
    const others = problems.flatMap(({ file, related }) => [file, related?.file ?? file]);
    return new Map([
      ...others.map((file): [string, string] => [file, "a file that it is at odds with"]),
      ["tenants/plans/", "its plan"],
      defaults,
    ]);
  }
  const { tenant } = loaded;
  return new Map([
    [`tenants/plans/${tenant.plan}.yaml`, "its plan"],
    defaults,
    ...sourcesOf(tenant).flatMap((source): [string, string][] => [
      [source, "a file that it names"],
      [`${source}/`, "a folder that it names"],
    ]),
  ]);
}
