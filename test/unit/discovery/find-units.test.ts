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
