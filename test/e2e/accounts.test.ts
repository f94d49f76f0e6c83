import { beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { FleetReport, TenantOutcome } from "../../fleet/fleet-report.ts";
import type { StackOutcome } from "../../fleet/stack-outcome.ts";
import { servers } from "../../testbed/servers.ts";
import { EveryService, type SignIn } from "../support/every-service.ts";
import { received } from "../support/inbox.ts";
import { type Access, Project, repository } from "../support/project.ts";
import { optionalServers, startTestServers, testEnvironment } from "../support/servers.ts";

/** The example tenant over all services, from the first up to the last. Each test goes on where the one before ended. */
const id = "umbrella";
const domain = `${id}.example`;
const example = readFileSync(join(repository, "tenants", "acme.yaml"), "utf8").replaceAll("acme", id);
const account = (username: string): string => `${id}_${username}`;

let project: Project;
let services: EveryService;
let text = example;
const run = (operation: string, ...flags: string[]): Promise<StackOutcome> =>
  project.json([operation, id, ...flags]);
const outputs = (): Promise<Access> => project.json(["access", id, "--show-secrets"]);
const drift = async (): Promise<TenantOutcome> => {
  const { tenants }: FleetReport = await project.json(["drift", id]);
  const [outcome] = tenants;
  if (outcome === undefined) throw new Error("nobody was looked at");
  return outcome;
};
const changed = ({ changes }: StackOutcome): string[] =>
  changes.map(({ change, name }) => `${change} ${name}`).sort();
const errors = ({ problems }: StackOutcome): unknown[] =>
  problems.filter(({ severity }) => severity === "error");

/** Changes the tenant's file; a passage that isn't in it is a mistake of the test. */
function edit(...changes: readonly (readonly [from: string | RegExp, to: string])[]): void {
  for (const [from, to] of changes) {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`the file has no ${String(from)}`);
    text = next;
  }
  project.write(`tenants/${id}.yaml`, text);
}

const person = (username: string, role: string, more = ""): string => `
  - { email: ${username}@${domain}, firstName: ${username}, lastName: Test, role: ${role}, teams: [platform]${more} }
`;
const add = (...people: string[]): void => edit([/\ndatabase:/, `${people.join("")}\ndatabase:`]);

async function admitted(username: string, access: Access): Promise<Partial<Record<SignIn, boolean>>> {
  const details = access.people[username];
  if (details === undefined) throw new Error(`${username} has no access details`);
  const email = username === "dima" ? "dmitri" : username;
  return services.admits(details, `${email}@${domain}`, access);
}
const anything = z.unknown();

/** Every password, token and secret address in access details. */
function secretsIn(details: unknown, name = ""): string[] {
  if (typeof details === "string") {
    return /password|secret|token/i.test(name) || details.includes("/hooks/") ? [details] : [];
  }
  if (typeof details !== "object" || details === null) return [];
  return Object.entries(details).flatMap(([key, value]) => secretsIn(value, key));
}

/** What lets Tenantry itself in. */
function credentials(): string[] {
  const file: unknown = JSON.parse(project.read(".tenantry/local/credentials.json"));
  const secret = /TOKEN|PASSWORD|API_KEY/;
  return Object.entries(z.record(z.string(), z.string()).parse(file)).flatMap(([key, value]) =>
    secret.test(key) ? [value] : [],
  );
}

const everywhere = (value: boolean, ...systems: SignIn[]): Partial<Record<SignIn, boolean>> =>
  Object.fromEntries(systems.map((system) => [system, value]));
const all = ["database", "identity", "collaboration", "workspaces", "sourceControl"] as const;
const shared = ["identity", "collaboration", "sourceControl"] as const;

async function channelsOf(username: string): Promise<unknown[]> {
  const { mattermost } = services;
  const { id: user } = await mattermost.call("GET", `/users/username/${account(username)}`);
  const { id: team } = await mattermost.call("GET", `/teams/name/${id}`);
  const channels = await mattermost.list(`/users/${String(user)}/teams/${String(team)}/channels`);
  return channels.map(({ name }) => name).sort();
}

beforeAll(async () => {
  await startTestServers({ with: optionalServers });
  project = new Project("accounts", { systems: ["mattermost", "coder", "gitea", "twenty", "mail"] });
  services = await EveryService.start(project, id);
  await services.wipe();
  edit();
});

describe("joining", () => {
  let sent: number;

  test("one up makes every account of six people, and says nothing secret", async () => {
    sent = (await received(domain)).length;
    let processes = "";
    const sampling = setInterval(() => (processes += execFileSync("ps", ["-eo", "args"]).toString()), 250);
    const { stdout, stderr, exitCode } = await project.tenantry(["up", id]);
    clearInterval(sampling);
    expect(processes).toContain("pulumi up");
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const secrets = secretsIn(await outputs());
    expect(secrets.length).toBeGreaterThan(20);
    const logs = servers.map(({ name }) => readFileSync(join(testEnvironment, name, "log"), "latin1"));
    for (const secret of [...secrets, ...credentials()]) {
      expect(stdout).not.toContain(secret);
      expect(stderr).not.toContain(secret);
      expect(processes.includes(secret)).toBe(false);
      expect(logs.some((log) => log.includes(secret))).toBe(false);
    }
  });

  test.each([
    ["ada", all],
    ["ben.bauer", all],
    ["chloe.dubois", all],
    ["dima", all],
    ["esra.yildiz", ["database", ...shared]],
    ["farid", shared],
  ] as const)("%s gets in where the file says, with what the outputs say", async (username, systems) => {
    expect(await admitted(username, await outputs())).toEqual(everywhere(true, ...systems));
  });

  test("each was told once, with every way in", async () => {
    const mails = (await received(domain)).slice(sent);
    const { people } = await outputs();
    expect(mails.map(({ to }) => to?.[0]?.address).sort()).toEqual(
      ["ada", "ben.bauer", "chloe.dubois", "dmitri", "esra.yildiz", "farid"].map(
        (name) => `${name}@${domain}`,
      ),
    );
    const toChloe = mails.find(({ to }) => to?.[0]?.address?.startsWith("chloe"));
    const { collaboration, workspaces, sourceControl, identity, invitation } = people["chloe.dubois"] ?? {};
    for (const each of [collaboration, workspaces, sourceControl, identity]) {
      expect(toChloe?.text).toContain(each?.oneTimePassword);
    }
    for (const each of [collaboration, workspaces, sourceControl]) expect(toChloe?.html).toContain(each?.url);
    expect(invitation).toMatchObject({ messageId: toChloe?.messageId });
  });

  test("roles and teams in the file decide what people are in each system", async () => {
    const { gitea, mattermost } = services;
    const teams = async (username: string): Promise<unknown[]> => {
      const names: unknown[] = [];
      for (const team of await gitea.list(`/orgs/${id}/teams`)) {
        const path = `/teams/${String(team["id"])}/members/${account(username)}`;
        if ((await gitea.status("GET", path)) === 200) names.push(team["name"]);
      }
      return names.sort();
    };
    expect(await teams("ada")).toEqual(["admins", "platform"]);
    expect(await teams("chloe.dubois")).toEqual(["developers", "payments"]);
    expect(await teams("esra.yildiz")).toEqual(["auditors"]);
    expect(await channelsOf("ben.bauer")).toEqual(
      expect.arrayContaining(["platform", "payments", "general"]),
    );
    expect(await channelsOf("chloe.dubois")).not.toContain("platform");
    const { id: team } = await mattermost.call("GET", `/teams/name/${id}`);
    const { id: user } = await mattermost.call("GET", `/users/username/${account("ada")}`);
    expect(await mattermost.call("GET", `/teams/${String(team)}/members/${String(user)}`)).toMatchObject({
      scheme_admin: true,
    });
  });

  test("then nothing is left to do, as last known and as it really is, and nobody is told again", async () => {
    const before = (await received(domain)).length;
    expect(await run("preview")).toMatchObject({ result: "succeeded", changes: [], problems: [] });
    expect(await drift()).toMatchObject({ result: "succeeded", changes: [], problems: [], strays: [] });
    expect(await run("up", "--refresh")).toMatchObject({ result: "succeeded", changes: [], problems: [] });
    expect(await received(domain)).toHaveLength(before);
  });

  test("the state holds no secret in clear, and of a provider's code only the stub", async () => {
    const { stdout } = await project.pulumi(["stack", "export", "--stack", `local.${id}`]);
    for (const secret of [...secretsIn(await outputs()), ...credentials()])
      expect(stdout).not.toContain(secret);
    const stubs = [...stdout.matchAll(/"__provider": "(.*)"/g)].map(([, stub = ""]) => stub);
    expect(stubs.length).toBeGreaterThan(50);
    expect(Math.max(...stubs.map((stub) => stub.length))).toBeLessThan(1000);
    expect(new Set(stubs.map((stub) => stub.replace(/\\"[a-z]+\/[A-Za-z]+\\"/, ""))).size).toBe(1);
  });
});

describe("what somebody changes by hand", () => {
  test("is seen in every service, and set right", async () => {
    const { mattermost, gitea, coder } = services;
    const { id: chloe } = await mattermost.call("GET", `/users/username/${account("chloe.dubois")}`);
    await mattermost.send("PUT", `/users/${String(chloe)}/roles`, { roles: "system_user system_admin" });
    await gitea.call("PATCH", `/repos/${id}/portal`, { description: "changed by hand" });
    await gitea.editUser(account("chloe.dubois"), { prohibit_login: true });
    const { username: inCoder } = (await outputs()).people["chloe.dubois"]?.workspaces ?? {};
    await coder.byHand.put(`/users/${inCoder}/roles`, { roles: ["auditor"] }, anything);
    await services.twenty.rename(`chloe.dubois@${domain}`, "Changed");
    await addStrays();

    const found = await drift();
    expect(found.strays).toEqual([
      `Mattermost account ${account("eve")}`,
      "Gitea repository beside",
      `Coder account ${id}-eve`,
    ]);
    const changes = changed(found);
    expect(changes).toEqual([
      `update ${id}-collaboration-user-chloe.dubois`,
      `update ${id}-crm-user-chloe.dubois`,
      `update ${id}-source-control-repository-portal`,
      `update ${id}-source-control-user-chloe.dubois`,
      `update ${id}-workspaces-user-chloe.dubois`,
    ]);
    expect(changed(await run("up", "--refresh"))).toEqual(changes);
    await removeStrays();
    expect(await run("preview", "--refresh")).toMatchObject({ changes: [], problems: [] });
  });

  /** What no file names, in each of the servers that tenants share. */
  async function addStrays(): Promise<void> {
    const { mattermost, gitea, coder } = services;
    const eve = { email: `eve@${domain}`, password: "theirs-A1-theirs" };
    await mattermost.make("/users", { ...eve, username: account("eve") });
    await gitea.call("POST", `/orgs/${id}/repos`, { name: "beside" });
    const shape = z.object({ id: z.string() });
    const organization = await coder.byHand.get("/organizations/default", shape);
    const inCoder = { ...eve, username: `${id}-eve`, login_type: "password" };
    await coder.byHand.post("/users", { ...inCoder, organization_ids: [organization?.id] }, anything);
  }

  async function removeStrays(): Promise<void> {
    const { mattermost, gitea, coder } = services;
    await mattermost.removeUser(account("eve"));
    await gitea.call("DELETE", `/repos/${id}/beside`);
    await coder.wipeAccounts(`${id}-eve`);
  }

  test("what was deleted is made again", async () => {
    const { gitea, mattermost } = services;
    await gitea.send("DELETE", `/admin/users/${account("farid")}?purge=true`);
    const { id: team } = await mattermost.call("GET", `/teams/name/${id}`);
    const { id: channel } = await mattermost.call("GET", `/teams/${String(team)}/channels/name/incidents`);
    const { id: ada } = await mattermost.call("GET", `/users/username/${account("ada")}`);
    await mattermost.send("DELETE", `/channels/${String(channel)}/members/${String(ada)}`);

    expect(changed(await run("preview", "--refresh"))).toEqual(
      expect.arrayContaining([
        `create ${id}-collaboration-user-ada-channel-incidents`,
        `create ${id}-source-control-user-farid`,
      ]),
    );
    expect(errors(await run("up", "--refresh"))).toEqual([]);
    expect(await channelsOf("ada")).toContain("incidents");
    expect(await admitted("farid", await outputs())).toEqual(everywhere(true, ...shared));
    expect(await run("preview", "--refresh")).toMatchObject({ changes: [], problems: [] });
  });
});

test("one joins, one moves between teams, one leaves, one's last day is over: in one up, everywhere at once", async () => {
  const before = await outputs();
  const benInChat = await services.mattermost.signIn(
    account("ben.bauer"),
    before.people["ben.bauer"]?.collaboration?.oneTimePassword,
  );
  const mails = (await received(domain)).length;
  add(person("greta", "developer"));
  edit(
    [/(chloe\.dubois[\s\S]*?teams: )\[payments\]/, "$1[platform]"],
    [/ {2}- email: ben\.bauer[\s\S]*?(?= {2}- email: chloe)/, ""],
    ["expires: 2030-06-30", "expires: 2020-06-30"],
  );
  expect(errors(await run("up"))).toEqual([]);

  const after = await outputs();
  expect(await admitted("greta", after)).toEqual(everywhere(true, ...all));
  expect((await received(domain)).slice(mails).map(({ to }) => to?.[0]?.address)).toEqual([
    `greta@${domain}`,
  ]);
  expect(await channelsOf("chloe.dubois")).toContain("platform");
  expect(await channelsOf("chloe.dubois")).not.toContain("payments");
  expect(await admitted("dima", after)).toEqual(everywhere(false, ...all));
  expect(after.people["ben.bauer"]).toBeUndefined();
  expect(await admitted("ben.bauer", before)).toEqual(everywhere(false, ...all));
  expect(await services.mattermost.whoIs(benInChat)).toBeUndefined();
  expect(await run("preview", "--refresh")).toMatchObject({ changes: [], problems: [] });
}, 600_000);

/** Needs what `before` said; `ben.bauer` isn't in the outputs any more. */
test("who comes back gets the same account, and a new password", async () => {
  edit([/\n {2}- email: chloe/, `${person("ben.bauer", "auditor")}\n  - email: chloe`]);
  expect(errors(await run("up"))).toEqual([]);
  expect(await admitted("ben.bauer", await outputs())).toEqual(everywhere(true, ...all));
});

test("a reset makes new passwords everywhere, once, and tells the person", async () => {
  const before = await outputs();
  const mails = (await received(domain)).length;
  edit([/( {2}- email: chloe.*\n)/, "$1    reset: lost phone\n"]);
  expect(errors(await run("up"))).toEqual([]);
  expect(await admitted("chloe.dubois", before)).toEqual(everywhere(false, ...all));
  expect(await admitted("chloe.dubois", await outputs())).toEqual(everywhere(true, ...all));
  expect((await received(domain)).slice(mails).map(({ to }) => to?.[0]?.address)).toEqual([
    `chloe.dubois@${domain}`,
  ]);
  expect(await run("up")).toMatchObject({ changes: [], problems: [] });
});

describe("one broken account", () => {
  test("is reported with its line, and everyone else's are made", async () => {
    const { gitea } = services;
    const byHand = { username: account("ivan"), email: "ivan@elsewhere.example", password: "By-Hand.4711" };
    await gitea.call("POST", "/admin/users", { ...byHand, must_change_password: false });
    add(person("ivan", "developer"), person("judy", "developer"));
    const mails = (await received(domain)).length;
    const outcome = await run("up");
    expect(outcome.result).toBe("failed");
    const line = text.split("\n").findIndex((each) => each.includes("ivan@")) + 1;
    expect(errors(outcome)).toEqual([
      expect.objectContaining({
        system: "Gitea",
        code: expect.stringMatching(/not-ours$/) as unknown,
        fix: expect.stringContaining("adopt: true") as unknown,
        position: expect.objectContaining({ file: `tenants/${id}.yaml`, line }) as unknown,
      }),
    ]);
    expect(await services.gitea.signsIn(byHand)).toBe(true);
    expect((await received(domain)).slice(mails).map(({ to }) => to?.[0]?.address)).toEqual([
      `judy@${domain}`,
    ]);
  });

  test("is taken over where the file says so, and then the person is told", async () => {
    edit([/(ivan@.*teams: \[platform\])/, "$1, adopt: true"]);
    const mails = (await received(domain)).length;
    expect(errors(await run("up"))).toEqual([]);
    const access = await outputs();
    for (const each of ["ivan", "judy"])
      expect(await admitted(each, access)).toEqual(everywhere(true, ...all));
    expect((await received(domain)).slice(mails).map(({ to }) => to?.[0]?.address)).toEqual([
      `ivan@${domain}`,
    ]);
  });
});

test("mail that can't be sent fails nothing: it is a warning, and sent by the next up", async () => {
  const environment = project.read(".tenantry/local/environment.yaml");
  project.write(".tenantry/local/environment.yaml", environment.replace(/(mail:[\s\S]*?port: )\d+/, "$11"));
  const mails = (await received(domain)).length;
  add(person("kate", "auditor"));
  const outcome = await run("up");
  expect(outcome.result).toBe("succeeded");
  expect(outcome.problems).toEqual([
    expect.objectContaining({ severity: "warning", code: "invitation-not-sent", system: "Mail" }),
  ]);
  project.write(".tenantry/local/environment.yaml", environment);
  expect(await run("up")).toMatchObject({ result: "succeeded", problems: [] });
  expect((await received(domain)).slice(mails).map(({ to }) => to?.[0]?.address)).toEqual([`kate@${domain}`]);
});

test("a change of a provider's code reaches resources that exist already", async () => {
  const provider = project.read("providers/provider.ts");
  const log = join(project.root, "calls.log");
  const spy = `(await import("node:fs")).appendFileSync(${JSON.stringify(log)}, kind + "\\n");\n  return load();`;
  project.write("providers/provider.ts", provider.replace("return load();", spy));
  expect(errors(await run("preview", "--refresh"))).toEqual([]);
  expect(project.read("calls.log")).toMatch(/^mattermost\/User$/m);
  project.write("calls.log", "");
  edit([/\n {2}- \{ email: kate.*\n/, "\n"]);
  expect(errors(await run("up"))).toEqual([]);
  expect(project.read("calls.log")).toMatch(/^gitea\/User$/m);
  project.write("providers/provider.ts", provider);
});

test("suspended, nobody gets in; active again, everybody does, with the same passwords", async () => {
  const access = await outputs();
  edit([/^plan:/m, "status: suspended\nplan:"]);
  expect(errors(await run("up"))).toEqual([]);
  expect(await admitted("ada", access)).toEqual(everywhere(false, ...all));
  edit(["status: suspended\n", ""]);
  expect(errors(await run("up"))).toEqual([]);
  expect(await admitted("ada", access)).toEqual(everywhere(true, ...all));
});

test("destroyed, each server is as it was, but for accounts that are kept shut", async () => {
  const access = await outputs();
  edit([/^plan:/m, `status: destroyed\nconfirmDestroy: ${id}\nplan:`]);
  expect(errors(await run("destroy"))).toEqual([]);
  const { gitea, mattermost, coder } = services;
  expect(await gitea.status("GET", `/orgs/${id}`)).toBe(404);
  expect(await gitea.status("GET", `/users/${account("ada")}`)).toBe(404);
  expect((await mattermost.send("GET", `/teams/name/${id}`)).status).toBe(404);
  expect(await coder.byHand.get(`/organizations/default/templates/${id}-shell`, anything)).toBeUndefined();
  expect(await services.twenty.emails(domain)).toEqual([]);
  expect(await project.keycloak.exists(`/realms/${id}`)).toBe(false);
  const inChat = access.people["ada"]?.collaboration;
  expect(await mattermost.signIn(inChat?.username ?? "", inChat?.oneTimePassword)).toBeUndefined();
  expect(
    await coder.signIn(`ada@${domain}`, access.people["ada"]?.workspaces?.oneTimePassword),
  ).toBeUndefined();
});
