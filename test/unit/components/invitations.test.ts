import { expect, jest, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Invitations, type InvitationsArgs } from "../../../components/invitations.ts";
import { Password } from "../../../providers/tenantry/password.ts";
import { declare, nameOf, resolved, type Declaration } from "./declaration.ts";

const systems = [{ title: "Chat", url: "https://chat.example/acme", username: "acme_ada" }];
const ada = { username: "ada", firstName: "Ada", lastName: "Ash", email: "ada@acme.example" };
const mail = (
  args: Partial<InvitationsArgs>,
  given: Readonly<Record<string, object>> = {},
): Promise<Declaration<Invitations>> =>
  declare((options) => new Invitations("mail", { tenant: "acme", ...args }, options), given);

test("one mail a person, for the reason of the moment, after all that it tells of", async () => {
  const account = new Password("account");
  const people = [
    { ...ada, systems, dependsOn: [account] },
    { ...ada, username: "bob", systems, dependsOn: [], reset: "lost-phone", expires: "2099-12-31" },
  ];
  const { all, inputs, options, component } = await mail({
    displayName: "Acme Corporation",
    template: "warm",
    replyTo: "help@acme.example",
    supportUrl: "https://help.example",
    people,
  });
  expect(all).toEqual([
    "index:Invitations mail",
    "mail:Invitation mail-user-ada",
    "mail:Invitation mail-user-bob",
    "tenantry:Password account",
  ]);
  expect(inputs("mail-user-ada")).toEqual({
    tenant: "acme",
    person: "ada",
    to: "ada@acme.example",
    reason: "create",
    enabled: true,
    template: "warm",
    replyTo: "help@acme.example",
    values: {
      person: ada,
      tenant: { id: "acme", name: "Acme Corporation" },
      systems,
      support: { email: "help@acme.example", url: "https://help.example" },
    },
  });
  expect(inputs("mail-user-bob")).toMatchObject({ reason: "lost-phone", values: { expires: "2099-12-31" } });
  const { dependsOn, parent } = options("mail-user-ada");
  expect((dependsOn as pulumi.Resource[]).map(nameOf)).toEqual(["account"]);
  expect(parent).toBe(component);
});

test.each([
  ["whose last day is over", { today: "2027-01-01" }, false],
  ["on the last day", { today: "2026-12-31" }, true],
  ["of a suspended tenant", { today: "2026-12-01", enabled: false }, false],
])("mail to somebody %s", async (_when, admission, enabled) => {
  const people = [{ ...ada, systems, dependsOn: [], expires: "2026-12-31" }];
  const { inputs } = await mail({ people, ...admission });
  expect(inputs("mail-user-ada")).toMatchObject({ enabled, template: "default" });
});

test("the outputs say that it was sent, or why not", async () => {
  const person = { ...ada, systems, dependsOn: [] };
  const sentAt = "2026-11-21T12:00:00Z";
  const sent = await mail({ people: [person] }, { "mail-user-ada": { sentAt } });
  expect(await resolved(sent.component.people)).toEqual({
    ada: { sentAt, messageId: "messageId of mail-user-ada", failure: undefined },
  });
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  try {
    const failed = await mail({ people: [person] }, { "mail-user-ada": { failure: "nobody listens" } });
    expect(await resolved(failed.component.people)).toEqual({
      ada: { sentAt: undefined, messageId: undefined, failure: "nobody listens" },
    });
    expect(warn.mock.calls.map(([message]) => message)).toEqual([
      "Mail: no mail to ada@acme.example: nobody listens Fix: run up again: it sends what wasn't sent [invitation-not-sent]",
    ]);
  } finally {
    warn.mockRestore();
  }
});
