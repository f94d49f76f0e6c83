import type { FleetOverview, TenantOverview } from "../../fleet/overview/overview.ts";
import type { Health } from "../../fleet/overview/health.ts";
import type { ReportedTenant } from "../../fleet/read-report.ts";
import type { StackProblem } from "../../fleet/stack-outcome.ts";
import type { SystemOverview } from "../../fleet/overview/systems-of.ts";
import { plans } from "../../schema/tenant.ts";

const names = [
  ...["Acme", "Globex", "Initech", "Umbrella", "Hooli", "Stark Industries", "Wayne Enterprises", "Wonka"],
  ...["Soylent", "Tyrell", "Cyberdyne", "Aperture", "Black Mesa", "Pied Piper", "Dunder Mifflin", "Vandelay"],
];
const suffixes = ["", " Europe", " Asia", " Retail", " Logistics", " Energy", " Health", " Labs"];
const madeAt = "2026-11-21T13:20:00.000Z";

/** A name that a page must not take for markup. */
export const nastyName = `<script>alert("1")</script> & Söhne <img src=x onerror='alert(2)'>`;

/** A fleet of any size, in which everything that an overview can tell is told; the same one every time. */
export function sampleOverview(size: number): FleetOverview {
  return {
    environment: "prod",
    madeAt,
    driftAt: "2026-11-21T02:00:12.000Z",
    tenants: Array.from({ length: size }, (_, index) => tenant(index)),
    orphans: [
      { stack: "prod.oscorp", resources: 59, lastChange: update(40, { update: 2 }) },
      { stack: "prod.virtucon", resources: undefined, lastChange: undefined },
    ],
    problems: [],
  };
}

/** One of each first, then most of them well, as fleets are. */
function healthOf(index: number): Health {
  const first: readonly Health[] = ["failing", "failing", "unreachable", "drifted", "drifted", "to deploy"];
  const rest: readonly Health[] = [...Array<Health>(17).fill("well"), "drifted", "to deploy", "unknown"];
  return first[index] ?? rest[(index * 7) % rest.length] ?? "well";
}

function tenant(index: number): TenantOverview {
  const name = `${names[index % names.length] ?? ""}${suffixes[Math.floor(index / names.length) % suffixes.length] ?? ""}`;
  const number = Math.floor(index / (names.length * suffixes.length));
  const id = `${name.toLowerCase().replaceAll(" ", "-")}${number === 0 ? "" : `-${number}`}`;
  const health = healthOf(index);
  const drift = driftOf(id, health);
  const isBroken = index === 1;
  return {
    id,
    file: `tenants/${id}.yaml`,
    declared: isBroken
      ? undefined
      : {
          name: index === 2 ? nastyName : name,
          kind: index % 9 === 4 ? "businessUnit" : "tenant",
          status: index % 11 === 7 ? "suspended" : "active",
          plan: plans[(index * 5) % 3] ?? "basic",
          region: ["europe-west1", "us-east4", "asia-south1"][index % 3] ?? "",
          parent: index % 9 === 4 ? "acme" : undefined,
          domains: [`${id}.example`],
          people: 3 + ((index * 13) % 40),
        },
    health,
    reason: reasons[health],
    problems: problemsOf(index, health, id),
    systems: systems(id, health),
    resources: 59 + (index % 30),
    lastChange:
      health === "to deploy"
        ? undefined
        : update(index % 300, { create: index % 4, update: 1 + (index % 3) }),
    drift,
  };
}

const reasons: Readonly<Record<Health, string>> = {
  failing: "Keycloak: policy external-people-expire: dmitri@partner.example is external and has no last day",
  unreachable: "PostgreSQL: db.example.com:5432 does not answer",
  drifted: "2 resources differ, 1 thing in no file",
  "to deploy": "its inputs are not those that were deployed",
  unknown: "deployed; nobody looked whether it is as its file says",
  well: "no drift",
};

function problemsOf(index: number, health: Health, id: string): StackProblem[] {
  const position = { file: `tenants/${id}.yaml`, line: 38, column: 5 };
  const none = { resource: undefined, position: undefined, fix: undefined, system: undefined };
  if (index === 1)
    return [
      {
        ...none,
        severity: "error",
        code: "unknown-value",
        message: 'users[1].teams[1]: "payment" is not one of this tenant\'s teams; did you mean payments?',
        position: { ...position, line: 42, column: 23 },
      },
    ];
  if (health === "failing")
    return [
      {
        severity: "error",
        code: "policy-violation",
        system: "Keycloak",
        message: "policy external-people-expire: dmitri@partner.example is external and has no last day",
        fix: "set `expires` for the person in `users`, or add their domain to `domains` if it is the tenant's own",
        resource: `keycloak User ${id}-user-dima`,
        position,
      },
      {
        ...none,
        severity: "warning",
        code: "policy-waived",
        message: "policy client-pkce is waived until 2026-12-31",
      },
    ];
  if (health === "unreachable")
    return [
      {
        ...none,
        severity: "error",
        code: "server-unreachable",
        system: "PostgreSQL",
        message: "db.example.com:5432 does not answer",
        fix: "start it, or check postgres.host in the environment's file",
      },
    ];
  return [];
}

function driftOf(id: string, health: Health): ReportedTenant | undefined {
  if (health === "unknown" || health === "to deploy") return undefined;
  const nothing: ReportedTenant = {
    tenant: id,
    result: "succeeded",
    changes: [],
    strays: [],
    ignored: 0,
    problems: [],
  };
  if (health === "failing" || health === "unreachable") return { ...nothing, result: "failed" };
  if (health === "well") return nothing;
  return {
    ...nothing,
    ignored: 1,
    strays: [`PostgreSQL login ${id}_eve`],
    changes: [
      {
        change: "update",
        type: "postgresql:index/database:Database",
        name: `${id}-database`,
        properties: [{ path: "connectionLimit", from: 9, to: 150 }],
      },
      { change: "create", type: "keycloak:index/group:Group", name: `${id}-team-payments`, properties: [] },
    ],
  };
}

function systems(id: string, health: Health): SystemOverview[] {
  const isThere = health !== "to deploy";
  const standing = isThere ? "there" : "to come";
  const of = (
    key: string,
    title: string,
    links: SystemOverview["links"],
    facts: SystemOverview["facts"] = [],
  ): SystemOverview => ({
    key,
    title,
    standing,
    links: isThere ? links : [],
    facts: isThere ? facts : [],
  });
  return [
    of(
      "database",
      "PostgreSQL",
      [],
      [
        ["database", id],
        ["host", "db.example.com"],
        ["port", "5432"],
      ],
    ),
    of(
      "identity",
      "Keycloak",
      [
        ["account console", `https://sso.example.com/realms/${id}/account`],
        ["issuer", `https://sso.example.com/realms/${id}`],
      ],
      [["clients portal client id", "portal"]],
    ),
    of("collaboration", "Mattermost", [["open", `https://chat.example.com/${id}`]]),
    of("sourceControl", "Gitea", [
      ["open", `https://git.example.com/${id}`],
      ["repositories portal", `https://git.example.com/${id}/portal`],
    ]),
    { key: "crm", title: "Twenty", standing: "left out", links: [], facts: [] },
  ];
}

function update(hoursAgo: number, changes: Readonly<Record<string, number>>): TenantOverview["lastChange"] {
  const at = new Date(Date.parse(madeAt) - hoursAgo * 3_600_000 * 1.7).toISOString();
  return { kind: "update", succeeded: true, at, changes };
}
