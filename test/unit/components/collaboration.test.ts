import { describe, expect, test } from "@jest/globals";
import { Collaboration, type CollaborationArgs } from "../../../components/collaboration.ts";
import { declare, nameOf, resolved, type Declaration } from "./declaration.ts";

const person = { firstName: "F", lastName: "L", email: "x@acme.example" };
const ada = { ...person, username: "ada", role: "tenant_admin", teams: ["platform"] } as const;
const bob = { ...person, username: "bob.b", role: "developer", expires: "2026-12-31" } as const;

/** Declares a Collaboration of tenant acme, named chat. */
const chat = (args: Partial<CollaborationArgs> = {}): Promise<Declaration<Collaboration>> =>
  declare(
    (options) => new Collaboration("chat", { url: "https://chat.example", tenant: "acme", ...args }, options),
  );

const everything: Partial<CollaborationArgs> = {
  team: "acme-corp",
  displayName: "Acme Corporation",
  teams: [{ id: "platform", name: "Platform" }, { id: "payments" }],
  channels: [{ name: "news", displayName: "News", type: "open", purpose: "what is new" }],
  people: [ada, bob],
  bots: [{ name: "deploy", displayName: "Deployments", channels: ["news", "payments"] }],
  webhooks: [{ name: "Alerts", channel: "payments", description: "from the monitoring" }],
};

test("a person is in the team, the channels of their teams and the declared ones; a bot in its own", async () => {
  const { all } = await chat(everything);
  expect(all).toEqual([
    "index:Collaboration chat",
    "mattermost:Bot chat-bot-deploy",
    "mattermost:Channel chat-channel-news",
    "mattermost:Channel chat-channel-payments",
    "mattermost:Channel chat-channel-platform",
    "mattermost:ChannelMember chat-bot-deploy-channel-news",
    "mattermost:ChannelMember chat-bot-deploy-channel-payments",
    "mattermost:ChannelMember chat-user-ada-channel-news",
    "mattermost:ChannelMember chat-user-ada-channel-platform",
    "mattermost:ChannelMember chat-user-bob.b-channel-news",
    "mattermost:IncomingWebhook chat-webhook-Alerts",
    "mattermost:Team chat-team",
    "mattermost:TeamMember chat-bot-deploy-team",
    "mattermost:TeamMember chat-user-ada-team",
    "mattermost:TeamMember chat-user-bob.b-team",
    "mattermost:User chat-user-ada",
    "mattermost:User chat-user-bob.b",
  ]);
});

test("with nothing but an address it is a team named after the tenant", async () => {
  const { all, inputs } = await chat();
  expect(all).toEqual(["index:Collaboration chat", "mattermost:Team chat-team"]);
  expect(inputs("chat-team")).toEqual({
    name: "acme",
    displayName: "acme",
    mark: "tenantry: tenant acme",
    adopt: false,
  });
});

test("channels are private unless they say otherwise", async () => {
  const { inputs } = await chat(everything);
  expect(inputs("chat-channel-news")).toEqual({
    team: "id of chat-team",
    name: "news",
    displayName: "News",
    type: "open",
    purpose: "what is new",
    mark: "tenantry: tenant acme",
    adopt: false,
  });
  expect(inputs("chat-channel-platform")).toMatchObject({ name: "platform", displayName: "Platform" });
  expect(inputs("chat-channel-payments")).not.toHaveProperty("type");
  expect(inputs("chat-channel-payments")).toMatchObject({ displayName: "payments" });
});

describe("an account", () => {
  test("is the tenant's by name and mark, with the person's own details", async () => {
    const { inputs } = await chat({ ...everything, people: [ada] });
    expect(inputs("chat-user-ada")).toEqual({
      username: "acme_ada",
      email: "x@acme.example",
      firstName: "F",
      lastName: "L",
      enabled: true,
      adopt: false,
      mark: "tenantry: tenant acme",
    });
  });

  test.each([
    ["tenant_admin", "admin"],
    ["application_manager", "member"],
    ["developer", "member"],
    ["auditor", "member"],
  ] as const)("of a %s is %s of the team", async (role, expected) => {
    const { inputs } = await chat({ people: [{ ...bob, role }] });
    expect(inputs("chat-user-bob.b-team")).toEqual({
      team: "id of chat-team",
      user: "id of chat-user-bob.b",
      role: expected,
    });
  });

  test.each([
    ["on the last day", { today: "2026-12-31" }, true],
    ["the day after", { today: "2027-01-01" }, false],
    ["of a suspended tenant", { today: "2026-12-01", enabled: false }, false],
    ["of a suspended tenant, expired", { today: "2027-12-01", enabled: false }, false],
  ])("%s", async (_when, admission, enabled) => {
    const { inputs, all } = await chat({ ...everything, ...admission });
    expect(inputs("chat-user-bob.b")).toMatchObject({ enabled });
    // Mattermost puts nobody into a channel whose account is off.
    expect(inputs("chat-user-bob.b-channel-news")).toMatchObject({ enabled });
    // A bot has no last day, and is shut out with its tenant.
    const { enabled: bots } = { enabled: true, ...admission };
    expect(inputs("chat-bot-deploy")).toMatchObject({ enabled: bots });
    expect(inputs("chat-bot-deploy-channel-news")).toMatchObject({ enabled: bots });
    expect(all).toHaveLength(17);
  });

  test("is reset by another text, and taken over when the person says so", async () => {
    const { inputs } = await chat({
      ...everything,
      people: [{ ...ada, reset: "lost-phone", adopt: true }, bob],
    });
    expect(inputs("chat-user-ada")).toMatchObject({ rotation: "lost-phone", adopt: true });
    expect(inputs("chat-user-bob.b")).toMatchObject({ adopt: false });
    expect(inputs("chat-user-bob.b")).not.toHaveProperty("rotation");
  });

  test("of somebody with a subject has no password", async () => {
    const { inputs, component } = await chat({ people: [{ ...ada, teams: [], subject: "sub-1" }] });
    expect(inputs("chat-user-ada")).toMatchObject({ signIn: { service: "openid", subject: "sub-1" } });
    expect(await resolved(component.people)).toEqual({
      ada: { username: "acme_ada", url: "https://chat.example/acme" },
    });
  });
});

test("the section's word takes over team, channels and bots, not people", async () => {
  const { inputs } = await chat({ ...everything, adopt: true });
  for (const name of ["chat-team", "chat-channel-news", "chat-channel-platform", "chat-bot-deploy"]) {
    expect([name, inputs(name)["adopt"]]).toEqual([name, true]);
  }
  expect(inputs("chat-user-ada")).toMatchObject({ adopt: false });
});

test("the team is protected; leaving it ends channels, and nothing else ends by itself", async () => {
  const { options, all, component } = await chat(everything);
  expect(options("chat-team")).toMatchObject({ protect: true });
  const children = all.map((each) => each.split(" ").at(-1) ?? "").filter((name) => name !== "chat");
  for (const name of children) {
    const { parent, deletedWith } = options(name);
    expect(parent).toBe(component);
    const owner = /^(.*)-channel-\w+$/.exec(name)?.[1];
    const expected = owner === undefined || owner === "chat" ? undefined : `${owner}-team`;
    expect([name, nameOf(deletedWith)]).toEqual([name, expected]);
  }
  expect(nameOf(options("chat-user-ada-channel-news").dependsOn)).toBe("chat-user-ada-team");
  const { options: unprotected } = await chat({ protectTeam: false });
  expect(unprotected("chat-team")).toMatchObject({ protect: false });
});

test("outputs say how to get in; passwords, tokens and webhooks are secret", async () => {
  const { component } = await chat({ ...everything, people: [ada] });
  const { url, people, bots, webhooks } = component;
  expect(await resolved({ url, people, bots, webhooks })).toEqual({
    url: "https://chat.example/acme-corp",
    people: {
      ada: {
        username: "acme_ada",
        oneTimePassword: { secret: "password of chat-user-ada" },
        url: "https://chat.example/acme-corp",
      },
    },
    bots: { deploy: { username: "acme_deploy", token: { secret: "token of chat-bot-deploy" } } },
    webhooks: { Alerts: { secret: "url of chat-webhook-Alerts" } },
  });
});

test("everything of a person is known by their username", async () => {
  const { component } = await chat(everything);
  expect(component.resources["ada"]?.map(nameOf)).toEqual([
    "chat-user-ada",
    "chat-user-ada-team",
    "chat-user-ada-channel-platform",
    "chat-user-ada-channel-news",
  ]);
});

test.each([
  ["a bot", { bots: [{ name: "deploy", channels: ["nowhere"] }] }],
  ["a webhook", { webhooks: [{ name: "Alerts", channel: "nowhere" }] }],
  ["a person", { people: [{ ...ada, teams: ["nowhere"] }] }],
])("%s in a channel that nobody declared is a mistake in the program", (_what, args) => {
  const url = "https://chat.example";
  expect(() => new Collaboration("chat", { url, ...args })).toThrow("channel nowhere is not declared");
});
