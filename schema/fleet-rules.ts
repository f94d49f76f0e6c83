import { accountName, githubTeam, groupName, type SharedService, templateName } from "./account-name.ts";
import type { TenantFile } from "./load-tenant-file.ts";
import { type Path, type Problem, pathText } from "./problem.ts";
import type { Draft } from "./rules/draft.ts";
import { people } from "./rules/people.ts";
import { repositoriesOf } from "./rules/repositories-of.ts";
import { isOn } from "./rules/source-control-system.ts";
import { closest } from "./suggest.ts";
import { hasService, usesService } from "./tenant.ts";

/** One tenant among the others. */
interface Member {
  readonly tenant: Draft;
  readonly file: TenantFile;
}

/** What only one tenant of the fleet can have. */
interface Unique {
  /** As in "acme.example is already the domain of …". */
  readonly what: string;
  /** What stands before the other tenant's id, where the value isn't the tenant's itself. */
  readonly of?: string;
  readonly values: (tenant: Draft) => readonly { readonly value: string | undefined; readonly path: Path }[];
}

const uniques: readonly Unique[] = [
  { what: "id", values: ({ id }) => [{ value: id, path: ["id"] }] },
  {
    what: "database",
    values: ({ id, database }) => [
      { value: database?.name ?? id, path: database?.name === undefined ? ["id"] : ["database", "name"] },
    ],
  },
  {
    what: "realm",
    values: ({ id, identity }) => [
      { value: identity?.realm ?? id, path: identity?.realm === undefined ? ["id"] : ["identity", "realm"] },
    ],
  },
  {
    what: "domain",
    values: ({ domains }) => (domains ?? []).map((value, index) => ({ value, path: ["domains", index] })),
  },
  ...(
    [
      ["github", "GitHub organization"],
      ["terraformCloud", "Terraform Cloud organization"],
      ["googleCloud", "Google Cloud organization"],
    ] as const
  ).map(([key, what]) => ({
    what,
    values: ({ organizations }: Draft) => [
      // All three ignore case.
      { value: organizations?.[key]?.toLowerCase(), path: ["organizations", key] },
    ],
  })),
  {
    what: "Mattermost team",
    values: (tenant) => ownOf(tenant, "collaboration", tenant.collaboration?.team, ["collaboration", "team"]),
  },
  {
    what: "Gitea organization",
    values: (tenant) =>
      isOn(tenant, "gitea")
        ? ownOf(tenant, "sourceControl", tenant.sourceControl?.organization, [
            "sourceControl",
            "organization",
          ])
        : [],
  },
  {
    // Tenants share an organization there, and it ignores case.
    what: "GitHub repository",
    values: (tenant) =>
      isOn(tenant, "github")
        ? repositoriesOf(tenant).map(({ repository, at }) => ({
            value: repository.name?.toLowerCase(),
            path: [...at, "name"],
          }))
        : [],
  },
  {
    what: "GitHub team",
    values: (tenant) =>
      isOn(tenant, "github")
        ? (tenant.teams ?? []).map(({ id }, index) => ({
            value: tenant.id && id && githubTeam(tenant.id, id),
            path: ["teams", index, "id"],
          }))
        : [],
  },
  {
    what: "Coder organization",
    values: ({ workspaces }) => [{ value: workspaces?.organization, path: ["workspaces", "organization"] }],
  },
  {
    // `<id>-<name>`: the one of acme with eu-shell is the one of acme-eu with shell.
    what: "Coder template",
    values: (tenant) =>
      usesService(tenant, "workspaces")
        ? (tenant.workspaces?.templates ?? []).map(({ name }, index) => ({
            value: tenant.id && name && templateName(tenant.id, name),
            path: ["workspaces", "templates", index, "name"],
          }))
        : [],
  },
  {
    what: "Coder group",
    values: (tenant) =>
      tenant.workspaces?.groups === true && usesService(tenant, "workspaces")
        ? (tenant.teams ?? []).map(({ id }, index) => ({
            value: tenant.id && id && groupName(tenant.id, id),
            path: ["teams", index, "id"],
          }))
        : [],
  },
  {
    what: "Coder account",
    of: "a person of ",
    values: (tenant) =>
      peopleIn(tenant, "workspaces").map(({ account, path }) => ({
        value: tenant.id && account && accountName("workspaces", tenant.id, account),
        path,
      })),
  },
  ...(
    [
      ["collaboration", "Mattermost address"],
      ["workspaces", "Coder address"],
      ["sourceControl", "Gitea address"],
    ] as const
  ).map(([service, what]) => ({
    // These servers take an e-mail address once.
    what,
    of: "a person of ",
    values: (tenant: Draft) =>
      (service === "sourceControl" && !isOn(tenant, "gitea") ? [] : peopleIn(tenant, service)).map(
        ({ email, index }) => ({ value: email, path: ["users", index, "email"] }),
      ),
  })),
];

/** A name on a server that all tenants share: declared, or the tenant's id where the tenant is there at all. */
function ownOf(
  tenant: Draft,
  service: SharedService,
  declared: string | undefined,
  path: Path,
): ReturnType<Unique["values"]> {
  if (!usesService(tenant, service)) return [];
  return [declared === undefined ? { value: tenant.id, path: ["id"] } : { value: declared, path }];
}

function peopleIn(tenant: Draft, service: SharedService): ReturnType<typeof people> {
  return people(tenant).filter((person) => hasService(tenant, person, service));
}

/** The rules between the tenants of a fleet. Each problem names both places. */
export function fleetRules(files: readonly TenantFile[]): Problem[] {
  const members = files.flatMap((file) => (file.draft ? [{ tenant: file.draft, file }] : []));
  return [...uniques.flatMap((unique) => uniqueRule(unique, members)), ...parentRules(members)];
}

function uniqueRule({ what, of = "", values }: Unique, members: readonly Member[]): Problem[] {
  const first = new Map<string, { member: Member; path: Path }>();
  const problems: Problem[] = [];
  for (const member of members) {
    for (const { value, path } of values(member.tenant)) {
      if (value === undefined) continue;
      const before = first.get(value);
      if (before === undefined) {
        first.set(value, { member, path });
        continue;
      }
      // Within one file that is a rule of the file; two files of one id are told once, as that.
      if (what !== "id" && before.member.tenant.id === member.tenant.id) continue;
      const owner = before.member.tenant.id ?? "another tenant";
      problems.push({
        ...member.file.locate(path),
        code: `duplicate-${what.toLowerCase().replaceAll(" ", "-")}`,
        path: pathText(path),
        message:
          what === "id"
            ? `${JSON.stringify(value)} is already the id of another tenant`
            : `${JSON.stringify(value)} is already the ${what} of ${of}${owner}`,
        found: JSON.stringify(value),
        related: before.member.file.locate(before.path),
      });
    }
  }
  return problems;
}

function parentRules(members: readonly Member[]): Problem[] {
  const byId = new Map<string, Member>();
  for (const member of members) {
    const { id } = member.tenant;
    if (id !== undefined && !byId.has(id)) byId.set(id, member);
  }
  const units = [...byId].filter(([, { tenant }]) => tenant.kind === "businessUnit").map(([id]) => id);
  const problems: Problem[] = [];
  for (const { tenant, file } of members) {
    const { id, parent } = tenant;
    if (parent === undefined || parent === id) continue;
    const at = { ...file.locate(["parent"]), path: "parent", found: JSON.stringify(parent) };
    const above = byId.get(parent);
    if (above === undefined) {
      const suggestion = closest(parent, units);
      problems.push({
        ...at,
        code: "unknown-parent",
        message: `no tenant has the id ${JSON.stringify(parent)}`,
        ...(suggestion === undefined ? {} : { suggestion }),
      });
    } else if (above.tenant.kind !== "businessUnit") {
      problems.push({
        ...at,
        code: "parent-not-business-unit",
        message: `${parent} is not a business unit; only those have parts`,
        related: above.file.locate(["kind"]),
      });
    }
  }
  return [...problems, ...cycles(byId)];
}

/** Follows each chain of parents once; a cycle is reported where it closes. */
function cycles(byId: ReadonlyMap<string, Member>): Problem[] {
  const done = new Set<string>();
  const problems: Problem[] = [];
  for (const start of byId.keys()) {
    const chain: string[] = [];
    let id: string | undefined = start;
    while (id !== undefined && !done.has(id)) {
      done.add(id);
      chain.push(id);
      const next: string | undefined = byId.get(id)?.tenant.parent;
      const closes = next === undefined ? -1 : chain.indexOf(next);
      const member = byId.get(id);
      const first = next === undefined ? undefined : byId.get(next);
      if (closes >= 0 && chain.length - closes > 1 && member && first) {
        problems.push({
          ...member.file.locate(["parent"]),
          code: "parent-cycle",
          path: "parent",
          message: `the parents go round in a circle: ${[...chain.slice(closes), next].join(" → ")}`,
          related: first.file.locate(["parent"]),
        });
      }
      id = next;
    }
  }
  return problems;
}
