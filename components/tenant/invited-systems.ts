import type { InvitedSystem } from "../invitations.ts";
import type { PersonAccess } from "../person.ts";
import type { Components } from "./access-details.ts";

/** What a person's invitation tells of, the account that others sign in by first. */
export function invitedSystems(components: Components, username: string, tenant: string): InvitedSystem[] {
  const { database, identity, collaboration, workspaces, sourceControl, crm } = components;
  const account = identity.people[username];
  const login = database.people[username];
  const contact = crm?.people[username];
  const byAccount = account && `with your ${tenant} account`;
  return [
    account && {
      title: `${tenant} account`,
      url: identity.accountConsole,
      username: account.username,
      password: account.oneTimePassword,
    },
    system("Chat (Mattermost)", collaboration?.people[username], byAccount),
    system("Workspaces (Coder)", workspaces?.people[username], byAccount),
    system(`Source code (${sourceControl?.title ?? ""})`, sourceControl?.people[username], byAccount),
    contact && {
      title: "Contacts (Twenty)",
      url: contact.url,
      signIn: "as soon as somebody there has invited you",
    },
    login && {
      title: "Database (PostgreSQL)",
      details: [
        { label: "Host", value: database.host },
        { label: "Port", value: database.port.apply(String) },
        { label: "Database", value: database.database },
      ],
      username: login.login,
      password: login.password,
    },
  ].filter((each) => each !== undefined);
}

function system(
  title: string,
  access: PersonAccess | undefined,
  byAccount: string | undefined,
): InvitedSystem | undefined {
  if (access === undefined) return undefined;
  const { url, username, oneTimePassword } = access;
  return oneTimePassword === undefined
    ? { title, url, signIn: byAccount }
    : { title, url, username, password: oneTimePassword };
}
