import { beforeAll, describe, expect, test } from "@jest/globals";
import { policies } from "../../../policy/policies.ts";
import { policyCases, tenantFile } from "../../support/policy-cases.ts";
import { PolicyProject, type Preview, type Said } from "../../support/policy-project.ts";
import { startTestServers } from "../../support/servers.ts";

/** The real pack in its own process, on the real engine. All resources of a kind are in one preview: each costs seconds. */
let bad: Preview;
let good: Preview;
let waived: Preview;

const waivers = `waivers:
  - { policy: realm-ssl, reason: the proxy does TLS, until: 2090-12-31 }
  - { policy: database-connection-limit, resource: another, reason: a migration, until: 2090-12-31 }
`;

beforeAll(async () => {
  const { environment } = await startTestServers();
  const project = new PolicyProject("policies", environment);
  project.write("tenants/hooli.yaml", tenantFile);
  const of = (which: "bad" | "good"): Promise<Preview> =>
    project.preview(
      "hooli",
      policyCases.map((each) => each[which]),
    );
  bad = await of("bad");
  good = await of("good");
  project.write("tenants/hooli.yaml", tenantFile + waivers);
  waived = await of("bad");
});

const about = ({ said }: Preview, resource: string): readonly Said[] =>
  said.filter((each) => each.resource === resource);

test("there is a case for each policy", () => {
  expect(policyCases.map(({ policy }) => policy)).toEqual(policies.map(({ name }) => name));
});

describe.each(policyCases)("$policy", ({ policy, says, bad: wrong, good: right }) => {
  const severity = policies.find(({ name }) => name === policy)?.severity;

  test("is violated, and says what is wrong, why that matters and what to do", () => {
    expect(about(bad, wrong.name)).toEqual([
      { policy, resource: wrong.name, level: severity, message: expect.stringMatching(says) },
    ]);
    const [said] = about(bad, wrong.name);
    expect(said?.message).toMatch(/: policy [a-z-]+: .+\. [A-Z].+\. Fix: \S.+ \[policy-violation\]/);
  });

  test("is content with what it asks for", () => {
    expect(about(good, right.name)).toEqual([]);
  });
});

test("a preview with violations fails, one without succeeds", () => {
  expect(bad.exitCode).not.toBe(0);
  expect(good).toMatchObject({ exitCode: 0, said: [] });
});

test("a waiver makes a violation a warning that says until when and why, for its resource only", () => {
  expect(about(waived, "realm-ssl-bad")).toEqual([
    {
      policy: "waived",
      resource: "realm-ssl-bad",
      level: "advisory",
      message: expect.stringContaining(
        "policy realm-ssl is waived until 2090-12-31: TLS is required for none. Waived because: the proxy does TLS",
      ),
    },
  ]);
  expect(about(waived, "database-connection-limit-bad")).toEqual(about(bad, "database-connection-limit-bad"));
});

test("the example tenants violate nothing", async () => {
  const { environment } = await startTestServers();
  const project = new PolicyProject("policies-examples", environment);
  for (const tenant of ["acme", "globex", "retail"]) {
    expect({ tenant, ...(await project.preview(tenant)) }).toMatchObject({ tenant, exitCode: 0, said: [] });
  }
});
