import { expect, test } from "@jest/globals";
import { policies } from "../../../policy/policies.ts";
import type { Subject } from "../../../policy/resource.ts";
import { judge, verdictText, type Verdict } from "../../../policy/verdict.ts";
import { parseFailureText } from "../../../providers/failure-text.ts";
import type { Waiver } from "../../../schema/sections/waivers.ts";
import { policyCases } from "../../support/policy-cases.ts";
import { examined, hooli } from "./examined.ts";

const [policy] = policies.filter(({ name }) => name === "realm-ssl");
const [realm] = policyCases.filter((each) => each.policy === "realm-ssl").map(({ bad }) => examined(bad));

const waiver: Waiver = { policy: "realm-ssl", reason: "the proxy does TLS", until: "2026-11-21" };

function judged(tenant: Subject, today = "2026-11-21"): Verdict[] {
  if (policy === undefined || realm === undefined) throw new Error("no such policy");
  return judge(policy, realm, tenant, today);
}

/** The codes of what there is to say, when the tenant's file has these waivers. */
function codes(waivers: readonly Waiver[], today = "2026-11-21"): (string | undefined)[] {
  const declared = hooli.declared && { ...hooli.declared, waivers: [...waivers] };
  const tenant: Subject = { ...hooli, declared };
  return judged(tenant, today).map((each) => parseFailureText(verdictText(each))?.code);
}

test("a violation can be read back, with all that it says", () => {
  const [verdict] = judged(hooli);
  expect(verdict && parseFailureText(verdictText(verdict))).toMatchObject({
    code: "policy-violation",
    system: "Keycloak",
    message: `policy realm-ssl: TLS is required for none. ${policy?.reason}`,
    fix: policy?.remedy,
  });
});

test.each([
  ["no waiver", [], "policy-violation"],
  ["a waiver on its last day", [waiver], "policy-waived"],
  ["a waiver that is over", [{ ...waiver, until: "2026-11-20" }], "policy-violation"],
  ["a waiver of another policy", [{ ...waiver, policy: "realm-sessions" }], "policy-violation"],
  ["a waiver for this resource", [{ ...waiver, resource: "realm-ssl-bad" }], "policy-waived"],
  ["a waiver for another resource", [{ ...waiver, resource: "realm-ssl" }], "policy-violation"],
  ["one that is over and one that isn't", [{ ...waiver, until: "2020-01-01" }, waiver], "policy-waived"],
] as const)("%s", (_name, waivers, code) => {
  expect(codes(waivers)).toEqual([code]);
});

test("the day after its last the waiver doesn't count", () => {
  expect(codes([waiver], "2026-11-22")).toEqual(["policy-violation"]);
});

test("a stack that no file describes is judged without waivers", () => {
  const [verdict] = judged({ id: "hooli", declared: undefined });
  expect(verdict?.waiver).toBeUndefined();
});
