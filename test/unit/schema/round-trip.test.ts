import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { stringify } from "yaml";
import { checkNewTenant } from "../../../schema/check-new-tenant.ts";
import { problemText } from "../../../schema/print-problems.ts";
import { loadTenant } from "../../../schema/load-tenant.ts";
import { kinds, plans, roles, tenant } from "../../../schema/tenant.ts";
import { tenantText } from "../../../schema/tenant-template.ts";
import { tenantsFolder } from "./tenants-folder.ts";

const word = fc
  .stringMatching(/^[a-z][a-z0-9]{2,8}$/)
  .filter(
    (name) =>
      !/^(?:api|mfa|new|org|post|plug|help|repo|user)/.test(name) &&
      ![
        "owner",
        "portal",
        "account",
        "broker",
        "auditor",
        "developer",
        "plans",
        "defaults",
        "postgres",
        "keycloak",
        "tenantry",
        "master",
      ].includes(name),
  );
/** Names as people have them, and as YAML misreads them. */
const name = fc.oneof(
  fc.stringMatching(/^[^\p{Cc}]{1,20}$/u),
  fc.constantFrom(
    "no",
    "null",
    "~",
    "007",
    "1e3",
    "a: b",
    "# x",
    "- x",
    "'",
    '"',
    "Zoë",
    "O'Brien",
    "*x",
    "&x",
    "!x",
    " x ",
    "2026-01-01",
    "true",
    "\u{1F600}",
  ),
);
/** What Keycloak takes as a person's name. */
const personName = name.filter((text) => !/[<>&"$%!#?§;*~/\\|^=[\]{}()]/.test(text));

const toggles = fc.record(
  {
    database: fc.boolean(),
    identity: fc.boolean(),
    collaboration: fc.boolean(),
    workspaces: fc.boolean(),
    sourceControl: fc.boolean(),
    crm: fc.boolean(),
  },
  { requiredKeys: [] },
);

const person = (account: string, domain: string, teams: readonly string[]) =>
  fc.record(
    {
      email: fc.constant(`${account}@${domain}`),
      firstName: personName,
      lastName: personName,
      role: fc.constantFrom(...roles),
      teams: fc.subarray([...teams]),
      services: toggles,
      reset: name,
      adopt: fc.boolean(),
      expires: fc
        .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    },
    { requiredKeys: ["email", "firstName", "lastName", "role"] },
  );

const optionally = <T>(values: T) => fc.subarray([values]);

const collaboration = (teams: readonly string[]) =>
  fc.record({
    channels: optionally({ name: "general-talk", type: "open", header: "**a: b**\n# c" }),
    bots: optionally({ name: "robot.one", channels: teams }),
    webhooks: fc
      .subarray([...teams])
      .map((channels) => channels.map((channel) => ({ name: `to ${channel}`, channel }))),
  });

const workspaces = fc
  .record({
    parameters: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), name, { noNullPrototype: true }),
    schedule: fc.constantFrom("0 8 * * 1-5", "59 23 * * *", "05 00 * * 0,2-4,6"),
    stopAfter: fc.constantFrom("60s", "8h", "30d"),
  })
  .map(({ parameters, schedule, stopAfter }) => ({
    templates: [{ name: "shell", folder: "a/b" }],
    personal: {
      template: "shell",
      parameters,
      autostart: { schedule, timezone: "Europe/Berlin" },
      stopAfter,
    },
  }));

const sourceControl = (teams: readonly string[]) =>
  fc.record({
    repositories: optionally({
      name: "Web.site",
      teams: Object.fromEntries(teams.map((team) => [team, "write"])),
      files: [{ path: ".gitea/workflows/ci.yaml", content: "on: push\n" }],
      webhooks: [{ url: "http://localhost:3000/", events: ["push"] }],
    }),
  });

const tenantFile = fc
  .tuple(word, fc.uniqueArray(word, { maxLength: 3 }), fc.uniqueArray(word, { maxLength: 4 }))
  .chain(([id, teams, accounts]) =>
    fc.record({
      version: fc.constant(1),
      id: fc.constant(id),
      name,
      kind: fc.constantFrom(...kinds),
      plan: fc.constantFrom(...plans),
      region: fc.constantFrom("eu", "us-central1"),
      domains: fc.constant([`${id}.example`]),
      teams: fc.constant(teams.map((team) => ({ id: team }))),
      users: fc.tuple(...accounts.map((account) => person(account, `${id}.example`, teams))),
      services: toggles,
      collaboration: collaboration(teams),
      workspaces,
      sourceControl: sourceControl(teams),
      crm: fc.record({ company: fc.record({ name }, { requiredKeys: [] }) }, { requiredKeys: [] }),
      invitations: fc.record({ send: fc.boolean() }, { requiredKeys: [] }),
      database: fc.record({ connectionLimit: fc.integer({ min: 1, max: 10_000 }) }),
      identity: fc.record(
        {
          sessions: fc.record({ idle: fc.constantFrom("90s", "5m", "1h"), max: fc.constantFrom("2h", "7d") }),
        },
        { requiredKeys: [] },
      ),
    }),
  );

test("a valid tenant comes back from its file as it went in", () => {
  const dir = tenantsFolder({});
  fc.assert(
    fc.property(tenantFile, fc.boolean(), (input, flow) => {
      writeFileSync(join(dir, "any.yaml"), flow ? JSON.stringify(input) : stringify(input));
      const result = loadTenant(dir, input.id);
      expect(result).toMatchObject({ valid: true, loaded: { tenant: tenant.parse(input) } });
    }),
    { numRuns: 300 },
  );
});

test("what `tenantry new` writes is valid at once, whatever the answers", async () => {
  const dir = tenantsFolder({ "defaults.yaml": "region: eu\n" });
  const admin = fc.record({
    email: fc.emailAddress({ size: "small" }),
    firstName: personName,
    lastName: personName,
  });
  const answers = fc.record({
    id: word,
    kind: fc.constantFrom(...kinds),
    name,
    plan: fc.constantFrom(...plans),
    region: fc.option(fc.constantFrom("eu", "us-central1"), { nil: undefined }),
    admin: fc.option(admin, { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      fc.pre(
        answer.admin === undefined ||
          tenant.shape.contacts.safeParse([{ name: "x", email: answer.admin.email, role: "owner" }]).success,
      );
      const problems = await checkNewTenant(dir, answer.id, tenantText(answer));
      expect(problems.map((problem) => `${problem.path}: ${problemText(problem)}`)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("the commented parts of a new tenant's file are valid too", async () => {
  const dir = tenantsFolder({ "defaults.yaml": "region: eu\n" });
  const text = tenantText({
    id: "acme",
    kind: "tenant",
    name: "Acme",
    plan: "basic",
    region: undefined,
    admin: undefined,
  });
  const uncommented = text.replaceAll(/^# (?=(?: |[a-z]+:))/gm, "");
  expect(uncommented).not.toEqual(text);
  expect(uncommented).toContain("\nidentity:\n  portal:");
  expect((await checkNewTenant(dir, "acme", uncommented)).map(problemText)).toEqual([]);
});

test("a new tenant can't take what another has", async () => {
  const dir = tenantsFolder({
    "defaults.yaml": "region: eu\n",
    "beta.yaml": "version: 1\nid: beta\nname: B\nplan: basic\ndatabase: {name: acme}\n",
  });
  const text = tenantText({
    id: "acme",
    kind: "tenant",
    name: "Acme",
    plan: "basic",
    region: undefined,
    admin: undefined,
  });
  expect((await checkNewTenant(dir, "acme", text)).map(problemText)).toEqual([
    '"acme" is already the database of beta; see tenants/beta.yaml:5:18',
  ]);
});
