import { z } from "zod";
import { accountName, templateName } from "../../schema/account-name.ts";
import { hasService, type Tenant, username } from "../../schema/tenant.ts";
import type { ApiClient } from "../http/api-client.ts";

const accounts = z.object({ users: z.array(z.object({ username: z.string(), status: z.string() })) });
type Account = z.output<typeof accounts>["users"][number];
const workspaces = z.object({
  workspaces: z.array(z.object({ name: z.string(), owner_name: z.string() })),
});

/**
 * The accounts under a tenant's name that no entry of its file stands for and that can be used, and the workspaces that
 * somebody else than its people has: of such an account, used or not, or made from one of the tenant's templates. What its
 * people make for themselves is theirs.
 *
 * @param fleet every tenant that there is: a name in Coder doesn't tell where an id ends
 */
export async function strayAccounts(
  api: ApiClient,
  tenant: Tenant,
  fleet: readonly Tenant[],
): Promise<string[]> {
  const everybody = new Set([tenant, ...fleet].flatMap(accountsOf));
  const ours = (name: string): boolean => ownerOf(name, [tenant, ...fleet]) === tenant.id;
  const strays = (await accountsNamed(api, `${tenant.id}-`)).filter(
    (account) => ours(account.username) && !everybody.has(account.username),
  );
  const people = new Set(accountsOf(tenant));
  const queries = [
    ...strays.map((account) => `owner:${account.username}`),
    ...tenant.workspaces.templates.map(({ name }) => `template:${templateName(tenant.id, name)}`),
  ];
  const found = await Promise.all(queries.map((query) => workspacesOf(api, query)));
  const theirs = new Set(
    found.flat().flatMap(({ owner_name: owner, name }) => (people.has(owner) ? [] : `${owner}/${name}`)),
  );
  return [
    ...strays
      .filter(({ status }) => status !== "suspended")
      .map((account) => `account ${account.username}`)
      .sort(),
    ...[...theirs].map((name) => `workspace ${name}`).sort(),
  ];
}

function accountsOf(tenant: Tenant): string[] {
  return tenant.users
    .filter((user) => hasService(tenant, user, "workspaces"))
    .map((user) => accountName("workspaces", tenant.id, username(user)));
}

/** The id that a name begins with; the longest where there are several: `acme-eu-jane` is more likely of `acme-eu`. */
function ownerOf(name: string, fleet: readonly Tenant[]): string | undefined {
  const fitting = fleet.map(({ id }) => id).filter((id) => name.startsWith(`${id}-`));
  return fitting.sort((one, other) => other.length - one.length)[0];
}

const pageSize = 100;

async function accountsNamed(api: ApiClient, prefix: string): Promise<Account[]> {
  const there: Account[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const path = `/users?q=${encodeURIComponent(prefix)}&limit=${pageSize}&offset=${offset}`;
    const page = (await api.get(path, accounts))?.users ?? [];
    // It looks for the text anywhere in names and addresses.
    there.push(...page.filter((account) => account.username.startsWith(prefix)));
    if (page.length < pageSize) return there;
  }
}

async function workspacesOf(
  api: ApiClient,
  query: string,
): Promise<z.output<typeof workspaces>["workspaces"]> {
  const there: z.output<typeof workspaces>["workspaces"] = [];
  for (let offset = 0; ; offset += pageSize) {
    const path = `/workspaces?q=${encodeURIComponent(query)}&limit=${pageSize}&offset=${offset}`;
    const page = (await api.get(path, workspaces))?.workspaces ?? [];
    there.push(...page);
    if (page.length < pageSize) return there;
  }
}
