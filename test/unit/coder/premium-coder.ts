import { randomUUID } from "node:crypto";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { fakeServer } from "../../support/fake-server.ts";

interface Organization {
  id: string;
  name: string;
  display_name: string;
  description: string;
}

interface Group {
  id: string;
  organization: string;
  name: string;
  display_name: string;
  members: { id: string }[];
}

const fields = z
  .object({
    name: z.string(),
    display_name: z.string(),
    description: z.string(),
    add_users: z.array(z.string()),
    remove_users: z.array(z.string()),
  })
  .partial();

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const notFound: Answer = { status: 404, body: { message: "Resource not found" } };
const ok = (body: unknown, status = 200): Answer => ({ status, body });
const refused = (status: number, message: string, detail = ""): Answer => ({
  status,
  body: { message, detail },
});

/**
 * The part of a licensed Coder that the open build lacks, written from `enterprise/coderd` of v2.36.1: groups,
 * organizations and entitlements, with its statuses. Nothing else of it is here.
 */
export class PremiumCoder {
  readonly organizations: Organization[] = [
    { id: randomUUID(), name: "coder", display_name: "Coder", description: "" },
  ];
  readonly groups: Group[] = [];
  /** Which features its licence has. */
  features: Readonly<Record<string, { enabled: boolean }>> = {
    template_rbac: { enabled: true },
    multiple_organizations: { enabled: true },
  };
  /** Whether an organization has templates or members besides its maker. */
  organizationsAreUsed = false;
  /** What it was asked to change, such as `POST /organizations`. */
  readonly changes: string[] = [];

  async start(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
    return fakeServer((request, response) => {
      void (async () => {
        const { method = "GET", url = "" } = request;
        const path = url.replace(/^\/api\/v2/, "");
        const body = method === "GET" || method === "DELETE" ? {} : fields.parse(await json(request));
        if (method !== "GET") this.changes.push(`${method} ${path}`);
        const answer = this.#answer(method, path.split("/").slice(1), body);
        response.writeHead(answer.status, { "content-type": "application/json" });
        response.end(JSON.stringify(answer.body));
      })();
    });
  }

  #answer(method: string, [kind, key, below, name]: string[], body: z.output<typeof fields>): Answer {
    if (kind === "entitlements") return ok({ features: this.features });
    if (kind === "groups") return this.#group(method, key, body);
    if (kind !== "organizations") return notFound;
    if (key === undefined) return this.#makeOrganization(body);
    const found = this.organizations.find(
      (each) => each.id === key || each.name === (key === "default" ? "coder" : key),
    );
    if (!found) return notFound;
    if (below !== "groups") return this.#organization(method, found, body);
    const group = this.groups.find(
      (each) => each.organization === found.id && each.name === (name ?? body.name),
    );
    if (method === "GET") return group ? ok(group) : notFound;
    if (group) return refused(409, `A group named "${group.name}" already exists.`);
    const { name: newName = "", display_name = "" } = body;
    const made = { id: randomUUID(), organization: found.id, name: newName, display_name, members: [] };
    this.groups.push(made);
    return ok({ ...made, members: null }, 201);
  }

  #group(method: string, id: string | undefined, body: z.output<typeof fields>): Answer {
    const found = this.groups.find((each) => each.id === id);
    if (!found) return notFound;
    if (method === "DELETE") this.groups.splice(this.groups.indexOf(found), 1);
    if (method !== "PATCH") return ok(found);
    const { name, display_name, add_users = [], remove_users = [] } = body;
    if (add_users.some((each) => found.members.some((member) => member.id === each))) {
      return refused(400, "Cannot add the same user to a group twice!");
    }
    Object.assign(found, name && { name }, display_name !== undefined && { display_name });
    const kept = found.members.filter((member) => !remove_users.includes(member.id));
    found.members = [...kept, ...add_users.map((each) => ({ id: each }))];
    return ok(found);
  }

  #makeOrganization({ name = "", display_name = "", description = "" }: z.output<typeof fields>): Answer {
    if (this.organizations.some((each) => each.name === name)) {
      return refused(409, "Organization already exists with that name.");
    }
    const made = { id: randomUUID(), name, display_name: display_name || name, description };
    this.organizations.push(made);
    return ok(made, 201);
  }

  #organization(method: string, found: Organization, body: z.output<typeof fields>): Answer {
    if (method === "PATCH") Object.assign(found, body);
    if (method !== "DELETE") return ok(found);
    if (this.organizationsAreUsed) {
      const detail = "This organization has 1 template that must be deleted first.";
      return refused(500, "Error deleting organization.", detail);
    }
    this.organizations.splice(this.organizations.indexOf(found), 1);
    return ok({ message: "Organization has been deleted." });
  }
}
