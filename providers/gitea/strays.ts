import { z } from "zod";
import { accountName } from "../../schema/account-name.ts";
import { hasService, type Tenant, username } from "../../schema/tenant.ts";
import type { ApiClient } from "../http/api-client.ts";
import { listAll, path } from "./api.ts";
import { roleTeamNames, teamEndings } from "./team-names.ts";

const account = z.object({ login: z.string(), active: z.boolean(), prohibit_login: z.boolean() });
const team = z.object({ id: z.int(), name: z.string() });
const repository = z.object({ name: z.string() });

/**
 * What a tenant's organization has and its file doesn't name: members of teams, repositories, people who were let into one
 * of the file's repositories by themselves; and accounts under the tenant's name that can be used.
 */
export async function strays(api: ApiClient, tenant: Tenant): Promise<string[]> {
  const organization = tenant.sourceControl.organization ?? tenant.id;
  const [accounts, members, repositories] = await Promise.all([
    strayAccounts(api, tenant),
    strayMembers(api, tenant, organization),
    strayRepositories(api, tenant, organization),
  ]);
  return [...accounts, ...members, ...repositories];
}

/** Who left and still owns something is shut out, and stays: see `docs/decisions.md`. */
async function strayAccounts(api: ApiClient, tenant: Tenant): Promise<string[]> {
  const known = new Set(tenant.users.filter(isIn(tenant)).map((user) => nameOf(tenant, user)));
  const found = await accountsNamed(api, `${tenant.id}_`);
  return found
    .filter(({ login, active, prohibit_login: shut }) => active && !shut && !known.has(login.toLowerCase()))
    .map(({ login }) => `account ${login}`)
    .sort();
}

/** The account whose token this is owns the organization: it made it. */
async function strayMembers(api: ApiClient, tenant: Tenant, organization: string): Promise<string[]> {
  const me = await api.get("/user", z.object({ login: z.string() }));
  const teams = await listAll(api, path`/orgs/${organization}/teams`, team);
  const found = await Promise.all(
    teams.map(async ({ id, name }) => {
      const wanted = new Set(peopleIn(tenant, name));
      const members = await listAll(api, path`/teams/${id}/members`, account);
      return members.flatMap(({ login }) =>
        login === me?.login || wanted.has(login.toLowerCase()) ? [] : `account ${login} in team ${name}`,
      );
    }),
  );
  return found.flat().sort();
}

async function strayRepositories(api: ApiClient, tenant: Tenant, organization: string): Promise<string[]> {
  const declared = tenant.sourceControl.repositories.map(({ name }) => name.toLowerCase());
  const there = await listAll(api, path`/orgs/${organization}/repos`, repository);
  const isDeclared = (name: string): boolean => declared.includes(name.toLowerCase());
  const guests = await Promise.all(
    there
      .filter(({ name }) => isDeclared(name))
      .map(async ({ name }) => {
        const found = await listAll(api, path`/repos/${organization}/${name}/collaborators`, account);
        return found.map(({ login }) => `account ${login} in repository ${name}`);
      }),
  );
  return [
    ...there.flatMap(({ name }) => (isDeclared(name) ? [] : `repository ${name}`)).sort(),
    ...guests.flat().sort(),
  ];
}

/** The names of the accounts that a team of this name is to have. */
function peopleIn(tenant: Tenant, name: string): string[] {
  const fits = (id: string): boolean => {
    const given = tenant.sourceControl.repositories.flatMap(({ teams }) => teams[id] ?? []);
    return teamEndings(given).some(([, ending]) => name === `${id}${ending}`);
  };
  return tenant.users
    .filter(isIn(tenant))
    .filter(({ role, teams }) => roleTeamNames[role] === name || teams.some(fits))
    .map((user) => nameOf(tenant, user));
}

function isIn(tenant: Tenant): (user: Tenant["users"][number]) => boolean {
  return (user) => hasService(tenant, user, "sourceControl");
}

function nameOf({ id }: Tenant, user: Tenant["users"][number]): string {
  return accountName("sourceControl", id, username(user)).toLowerCase();
}

const page = z.object({ data: z.array(account) });

async function accountsNamed(api: ApiClient, prefix: string): Promise<z.output<typeof account>[]> {
  const there: z.output<typeof account>[] = [];
  for (let number = 1; ; number += 1) {
    const found = await api.get(path`/users/search?q=${prefix}&page=${number}&limit=50`, page);
    if (found === undefined || found.data.length === 0) return there;
    // It looks for the text anywhere in names.
    there.push(...found.data.filter(({ login }) => login.toLowerCase().startsWith(prefix)));
  }
}
