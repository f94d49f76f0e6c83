import { kinds } from "./kinds.ts";
import type { Answer } from "./rest.ts";
import type { Table, Workspace } from "./workspace.ts";

/** The page at the stand-in's address. Nobody signs in to see it, so it names nobody. */
export function homePage(workspace: Workspace): Answer {
  const count = (table: Table): number =>
    workspace.rows(table).filter(({ deletedAt }) => deletedAt === null).length;
  const content = `It has ${count("people")} people, ${count("companies")} companies and ${count("workspaceMembers")} members.`;
  return { status: 200, body: page(content) };
}

/** Where Twenty shows one record: `/object/person/<id>`. */
export function recordPage(workspace: Workspace, { pathname }: URL): Answer {
  const [, , one, id] = pathname.split("/");
  const kind = kinds.find((each) => each.one === one);
  const row = kind && workspace.rows(kind.table).find((each) => each.id === id && each.deletedAt === null);
  if (kind === undefined || row === undefined) return { status: 404, body: page("There is no such record.") };
  return { status: 200, body: page(`The ${kind.one} <code>${row.id}</code> is here. Twenty would show it.`) };
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Twenty (stand-in)</title>
<body style="font: 1rem/1.5 sans-serif; max-width: 40rem; margin: 4rem auto">
<h1>Twenty (stand-in)</h1>
<p><strong>This is not Twenty.</strong> It stands in for it in Tenantry's local environment, because no package registry
has Twenty's server: people, companies, members and invitations by REST and GraphQL, nothing to sign in to.</p>
<p>${content}</p>
</body></html>
`;
}
