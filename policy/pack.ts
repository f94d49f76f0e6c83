import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { lookAhead } from "./look-ahead.ts";
import { policies } from "./policies.ts";
import { asSent, asWillBeKept, type Kept } from "./received.ts";
import type { Resource } from "./resource.ts";
import { subjectFinder } from "./subject.ts";
import { judge, verdictText, type Verdict } from "./verdict.ts";

/**
 * The policies as Pulumi's SDK has them, for one run of the engine: it shows them each resource before anything is done with
 * it.
 *
 * @param stack of an up, whose program is looked at as a whole before the first resource; undefined: nothing is
 */
export function pack(stack: string | undefined): ResourceValidationPolicy[] {
  const today = new Date().toISOString().slice(0, 10);
  const subjectOf = subjectFinder();
  /** What was shown for remediation, which comes before validation, by URN. */
  const kept = new Map<string, Kept>();
  /** What there is to say about a resource, by URN: the engine asks for each policy, one after the other. */
  const said = new Map<string, readonly Verdict[]>();
  /** What there is to say about all that an up is going to make. */
  const ahead: Promise<readonly Verdict[]> = lookAhead(stack).then((resources) =>
    resources.flatMap(verdictsOf),
  );

  function verdictsOn(args: ResourceValidationArgs): readonly Verdict[] {
    const { urn } = args;
    const before = said.get(urn);
    if (before !== undefined) return before;
    const verdicts = verdictsOf(asSent(args, kept.get(urn)));
    said.set(urn, verdicts);
    return verdicts;
  }

  function verdictsOf(resource: Resource): readonly Verdict[] {
    return policies.flatMap((policy) => judge(policy, resource, subjectOf(resource.urn), today));
  }

  /** A policy that reports some of the verdicts. */
  function reporter(
    {
      name,
      description,
      enforcementLevel,
    }: Pick<ResourceValidationPolicy, "name" | "description" | "enforcementLevel">,
    reports: (verdict: Verdict) => boolean,
  ): ResourceValidationPolicy {
    return {
      name,
      description,
      ...(enforcementLevel && { enforcementLevel }),
      validateResource: async (args, report) => {
        for (const verdict of verdictsOn(args).filter(reports)) report(verdictText(verdict));
        // The engine asks about the stack before everything in it, and an up does nothing while it waits.
        if (args.type !== "pulumi:pulumi:Stack" || enforcementLevel !== "mandatory") return;
        for (const verdict of (await ahead).filter(reports)) {
          report(`${verdict.resource.urn} ${verdictText(verdict)}`);
        }
      },
    };
  }

  const enforced = policies.map((policy) => {
    const { name, demand: description, severity: enforcementLevel } = policy;
    return reporter(
      { name, description, enforcementLevel },
      (verdict) => verdict.policy === policy && verdict.waiver === undefined,
    );
  });

  /** What is waived is a warning, whatever the policy's own severity. */
  const waived = reporter(
    {
      name: "waived",
      description: "what a waiver lets through is told all the same",
      enforcementLevel: "advisory",
    },
    ({ waiver }) => waiver !== undefined,
  );

  /** Changes nothing: it is the only one that is shown what the state will hold. */
  const looker: ResourceValidationPolicy = {
    name: "look",
    description: "what the state will hold is seen before it is judged",
    enforcementLevel: "remediate",
    remediateResource: ({ urn, props }) => {
      kept.set(urn, asWillBeKept(props));
      said.delete(urn);
    },
  };

  return [looker, ...enforced, waived];
}
