import { expect, test } from "@jest/globals";
import { engineEvent } from "../../../fleet/engine-events.ts";
import { outcomeOf, type StackOutcome } from "../../../fleet/stack-outcome.ts";
import { StackReport } from "../../../fleet/stack-report.ts";
import { failureText } from "../../../providers/failure-text.ts";
import { systems } from "../../../providers/systems.ts";
import { Failure } from "../../../report/failure.ts";
import { loadTenant } from "../../../schema/load-tenant.ts";
import { tenantsFolder } from "../schema/tenants-folder.ts";

const file = `version: 1
id: acme
name: Acme
plan: basic
region: eu
users:
  - {email: ann@acme.example, firstName: A, lastName: N, role: developer}
  - {email: joann@acme.example, firstName: J, lastName: A, role: developer}
sourceControl:
  repositories:
    - {name: web}
`;

const urnOf = (type: string, name: string): string =>
  `urn:pulumi:local.acme::tenantry::tenantry:index:Tenant$pulumi-nodejs:dynamic/${type}::${name}`;

/** What becomes of a run in which the engine said this. */
function outcome(
  exitCode: number,
  ...diagnostics: { severity: string; message: string; urn?: string }[]
): StackOutcome {
  const result = loadTenant(tenantsFolder({ "acme.yaml": file }), "acme");
  if (!result.valid) throw new Error("not valid");
  const report = new StackReport();
  for (const diagnosticEvent of diagnostics) report.add(engineEvent.parse({ timestamp: 1, diagnosticEvent }));
  return outcomeOf(
    { operation: "up", loaded: result.loaded, stack: "local.acme", systems, seconds: 1 },
    { report, exitCode, cancelled: false, stderr: "" },
  );
}

test("an account that a server refuses is at its person's line, whoever's name ends alike", () => {
  const refused = failureText(
    new Failure("username-taken", "there is acme_joann already", {
      system: "Gitea",
      fix: "set `adopt: true`",
    }),
  );
  const urn = urnOf("gitea:User", "acme-source-control-user-joann");
  expect(outcome(255, { severity: "error", message: `  ${refused}\n`, urn })).toMatchObject({
    result: "failed",
    problems: [
      {
        severity: "error",
        code: "username-taken",
        system: "Gitea",
        message: "there is acme_joann already",
        fix: "set `adopt: true`",
        resource: "gitea User acme-source-control-user-joann",
        position: { file: "tenants/acme.yaml", line: 8, column: 5 },
      },
    ],
  });
});

test("what belongs to a repository is at its entry", () => {
  const urn = urnOf("gitea:RepositoryFile", "acme-source-control-repository-web-file-README.md");
  const { problems } = outcome(255, { severity: "error", message: "Gitea: no [request-refused]", urn });
  expect(problems.map(({ position }) => position)).toEqual([
    { file: "tenants/acme.yaml", line: 11, column: 7 },
  ]);
});

test("mail that wasn't sent is a warning at its person's line, and the run has succeeded", () => {
  const unsent = failureText(
    new Failure("invitation-not-sent", "no mail to ann@acme.example: the server hung up", {
      system: "Mail",
      fix: "run up again: it sends what wasn't sent",
    }),
  );
  const urn = urnOf("mail:Invitation", "acme-invitations-user-ann");
  expect(outcome(0, { severity: "warning", message: unsent, urn })).toMatchObject({
    result: "succeeded",
    problems: [
      {
        severity: "warning",
        code: "invitation-not-sent",
        message: "no mail to ann@acme.example: the server hung up",
        position: { line: 7 },
      },
    ],
  });
});

test("what is nobody's has no place in the file, and is told once", () => {
  const said = {
    severity: "error",
    message: "Keycloak: it is gone [not-found]",
    urn: urnOf("keycloak:Realm", "acme-realm"),
  };
  const { problems } = outcome(255, said, said);
  expect(problems).toEqual([expect.objectContaining({ code: "not-found", position: undefined })]);
});

test("what is protected says how to let it go", () => {
  const urn = urnOf("gitea:Repository", "acme-source-control-repository-shop");
  const message = `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, …`;
  expect(outcome(255, { severity: "error", message, urn }).problems).toMatchObject([
    {
      code: "protected",
      message: "acme-source-control-repository-shop holds data: taking it out of the file doesn't delete it",
      fix: expect.stringContaining(`pulumi state unprotect '${urn}' --stack local.acme --yes`),
    },
  ]);
});

/** What becomes of something that a policy says. */
function judged(enforcementLevel: string, message: string, resourceUrn: string): StackOutcome["problems"] {
  const result = loadTenant(tenantsFolder({ "acme.yaml": `${file}${waivers}` }), "acme");
  if (!result.valid) throw new Error("not valid");
  const report = new StackReport();
  const policyEvent = { policyPackName: "pack", policyName: "name", enforcementLevel, message, resourceUrn };
  report.add(engineEvent.parse({ timestamp: 1, policyEvent }));
  return outcomeOf(
    { operation: "preview", loaded: result.loaded, stack: "local.acme", systems, seconds: 1 },
    { report, exitCode: enforcementLevel === "mandatory" ? 255 : 0, cancelled: false, stderr: "" },
  ).problems;
}

const waivers = `database:
  connectionLimit: 900
waivers:
  - { policy: realm-ssl, reason: agreed, until: 2090-12-31 }
`;
const violation = (name: string, fix: string): string =>
  failureText(
    new Failure("policy-violation", `policy ${name}: it is wrong. It matters.`, { system: "Gitea", fix }),
  );

test("a violation is at the entry that its resource comes from, with the policy's name and remedy", () => {
  const text = `what is asked\n${violation("gitea-administrator", "make the person `role: tenant_admin`")}\n`;
  expect(judged("mandatory", text, urnOf("gitea:User", "acme-source-control-user-joann"))).toEqual([
    {
      severity: "error",
      code: "policy-violation",
      system: "Gitea",
      message: "policy gitea-administrator: it is wrong. It matters.",
      fix: "make the person `role: tenant_admin`",
      policy: "gitea-administrator",
      resource: "gitea User acme-source-control-user-joann",
      position: expect.objectContaining({ line: 8 }),
    },
  ]);
});

test("a violation of what has no entry is at the field that the remedy names", () => {
  const text = violation("database-connection-limit", "set `database.connectionLimit` to 500 or less");
  expect(
    judged("mandatory", text, "urn:pulumi:s::p::postgresql:index/database:Database::acme-database"),
  ).toEqual([expect.objectContaining({ position: expect.objectContaining({ line: 13, column: 20 }) })]);
});

test("what is found before a resource is there is told of that resource, not of the stack", () => {
  const urn = urnOf("gitea:User", "acme-source-control-user-ann");
  const text = `what is asked\n${urn} ${violation("gitea-administrator", "mend it")}`;
  expect(judged("mandatory", text, "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s")).toEqual([
    expect.objectContaining({
      message: "policy gitea-administrator: it is wrong. It matters.",
      resource: "gitea User acme-source-control-user-ann",
      position: expect.objectContaining({ line: 7 }),
    }),
  ]);
});

test("what is waived is a warning at the waiver", () => {
  const text = failureText(
    new Failure(
      "policy-waived",
      "policy realm-ssl is waived until 2090-12-31: it is wrong. Waived because: agreed",
      {
        system: "Keycloak",
      },
    ),
  );
  expect(judged("advisory", text, urnOf("keycloak:Realm", "acme-realm"))).toEqual([
    expect.objectContaining({
      severity: "warning",
      code: "policy-waived",
      policy: "realm-ssl",
      position: expect.objectContaining({ line: 15 }),
    }),
  ]);
});

test("what another pack says is told in its own words", () => {
  const urn = urnOf("gitea:User", "acme-source-control-user-ann");
  expect(judged("mandatory", "no users\n  on Sundays", urn)).toEqual([
    expect.objectContaining({
      code: "policy-violation",
      policy: "pack/name",
      message: "policy pack/name: no users on Sundays",
    }),
  ]);
});
