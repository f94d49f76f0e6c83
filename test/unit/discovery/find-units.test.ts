import { expect, test } from "@jest/globals";
import { defaultThreshold } from "../../../discovery/confidence.ts";
import { findUnits } from "../../../discovery/find-units.ts";
import { factsOf } from "../../support/discovery-facts.ts";
import { organizationOf } from "../../support/organization.ts";
import { measured } from "../../support/precision.ts";

test("in any organization of 60 repositories: exactly the 20 units, each by its repository", () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const organization = organizationOf(seed);
    expect(organization.repositories).toHaveLength(60);
    const { units } = findUnits(factsOf(organization), defaultThreshold);
    expect({ seed, ...measured(units, organization.truth) }).toEqual({
      seed,
      precision: 1,
      recall: 1,
      wrong: [],
    });
  }
});

test("the order in which things were read doesn't matter", () => {
  const { repositories, workspaces } = factsOf(organizationOf(7));
  const backwards = { repositories: repositories.toReversed(), workspaces: workspaces.toReversed() };
  const idsOf = (facts: Parameters<typeof findUnits>[0]): unknown[] =>
    findUnits(facts, defaultThreshold).units.map(({ id, confidence, repository, duplicates }) => [
      ...[id, confidence, repository?.name],
      duplicates.map(({ subject }) => subject.repository?.name).sort(),
    ]);
  expect(idsOf(backwards)).toEqual(idsOf({ repositories, workspaces }));
});
