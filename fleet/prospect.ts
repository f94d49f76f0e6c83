import type { Deployed } from "./deployed-record.ts";
import { deployedAt } from "./deployed-record.ts";
import type { InputsOfRun } from "./inputs-of-run.ts";
import type { Member } from "./load-members.ts";
import { onlyAdds } from "./only-adds.ts";
import type { Candidate } from "./select-tenants.ts";
import { sourcesOf, type TenantInputs } from "./tenant-inputs.ts";

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
  return {
    member,
    inputs: inputs.now(tenant),
    deployed: inputs.deployed(tenant),
    isNew: inputs.isNew(tenant),
  };
}

/** A tenant as the selector knows it. */
export function candidateOf({ member, inputs, deployed }: Prospect): Candidate {
  const { id, file, loaded } = member;
  return { id, file, madeOf: madeOf(loaded), deployedAt: deployedAt(deployed, inputs) };
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

/** Of a tenant that couldn't be read nobody knows the plan: every layer is its business. */
function madeOf(loaded: Member["loaded"]): Map<string, string> {
  const defaults: [string, string] = ["tenants/defaults.yaml", "the defaults"];
  if (loaded === undefined) return new Map([["tenants/plans/", "its plan"], defaults]);
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
