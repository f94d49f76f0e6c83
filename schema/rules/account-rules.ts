import { accountName, nameFault } from "../account-name.ts";
import type { Finding } from "../finding.ts";
import type { Service } from "../sections/services.ts";
import { hasService } from "../tenant.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";
import { type Person, people } from "./people.ts";
import { sourceControlSystem } from "./source-control-system.ts";

/** Accounts on servers that all tenants share: their names are made from the tenant's id and the username. */
export function accountRules(tenant: Draft): Finding[] {
  const { id } = tenant;
  if (id === undefined) return [];
  const everyone = people(tenant);
  const inCoder = everyone.filter((person) => hasService(tenant, person, "workspaces"));
  return [
    ...everyone.flatMap((person) => [
      ...faults(tenant, id, person),
      ...lengths(tenant, person),
      ...signInRules(tenant, person),
    ]),
    ...duplicates(
      "account name in Coder",
      inCoder.map(({ account, path }) => ({
        // Two people of one username are told once, as that.
        value: account === undefined ? undefined : accountName("workspaces", id, account),
        path,
      })),
    ).filter(({ path, relatedPath }) => accountAt(everyone, path) !== accountAt(everyone, relatedPath)),
  ];
}

const systems = { workspaces: "Coder", sourceControl: "Gitea" } as const;

function faults(tenant: Draft, id: string, person: Person): Finding[] {
  const { account, path, declared } = person;
  if (account === undefined) return [];
  for (const service of ["workspaces", "sourceControl"] as const) {
    const name = accountName(service, id, account);
    // An id that can't be part of any name is told once, as that.
    const fault = id.includes("--") ? undefined : nameFault(service, name);
    if (fault === undefined || !isIn(tenant, person, service)) continue;
    const cure = declared ? "choose another" : "set another `username` for this person";
    const message = `the account in ${systems[service]} would be ${JSON.stringify(name)}: ${fault}; ${cure}`;
    return [{ code: "account-name", message, path, found: JSON.stringify(account) }];
  }
  return [];
}

/** On GitHub people have accounts of their own. */
function isIn(tenant: Draft, person: Person, service: Service): boolean {
  return (
    hasService(tenant, person, service) &&
    (service !== "sourceControl" || sourceControlSystem(tenant) === "gitea")
  );
}

/** The most characters of what a server knows of a person (server/public/model/user.go, modules/structs/admin_user.go, codersdk/name.go). */
const longest = [
  { service: "collaboration", system: "Mattermost", key: "email", most: 128 },
  { service: "collaboration", system: "Mattermost", key: "firstName", most: 64 },
  { service: "collaboration", system: "Mattermost", key: "lastName", most: 64 },
  { service: "sourceControl", system: "Gitea", key: "fullName", most: 100 },
  { service: "workspaces", system: "Coder", key: "fullName", most: 128 },
] as const;

function lengths(tenant: Draft, person: Person): Finding[] {
  const { firstName = "", lastName = "", email = "" } = person;
  const values = { firstName, lastName, email, fullName: `${firstName} ${lastName}` };
  const [broken] = longest.filter(
    ({ service, key, most }) => values[key].length > most && isIn(tenant, person, service),
  );
  if (broken === undefined) return [];
  const { key, most, system } = broken;
  const what = key === "fullName" ? "makes a full name longer" : "is longer";
  return [
    {
      code: "name-too-long",
      message: `${what} than the ${most} characters that ${system} takes`,
      path: ["users", person.index, key === "fullName" ? "lastName" : key],
    },
  ];
}

/** Who signs in to Mattermost by the realm needs an account there. */
function signInRules(tenant: Draft, person: Person): Finding[] {
  const byRealm = tenant.collaboration?.signIn === "realm" && hasService(tenant, person, "collaboration");
  if (!byRealm || hasService(tenant, person, "identity")) return [];
  return [
    {
      code: "sign-in-needs-identity",
      message: "signs in to Mattermost by the realm, but has no account there: `identity` is off",
      path: ["users", person.index],
      relatedPath: ["collaboration", "signIn"],
    },
  ];
}

function accountAt(everyone: readonly Person[], path: Finding["relatedPath"]): string | undefined {
  return everyone.find(({ index }) => index === path?.[1])?.account;
}
