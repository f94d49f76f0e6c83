import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { configure, type TeamInputs } from "../../../providers/mattermost/team-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { MattermostProbe } from "../../support/mattermost-probe.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";

const inputs: TeamInputs = {
  name: "team-co",
  displayName: "Team & Co.",
  description: "For the tests",
  adopt: false,
  mark: "tenantry: tenant team-co",
  openInvite: false,
};

let probe: MattermostProbe;
let proxy: FaultProxy;
let team: ResourceSubject<TeamInputs, TeamInputs>;
/** Where the server lets nobody remove teams for good, as it is by default. */
let archiving: ResourceSubject<TeamInputs, TeamInputs>;

beforeAll(async () => {
  probe = await MattermostProbe.start();
  proxy = await FaultProxy.start(probe.url);
  team = new ResourceSubject(configure(process.env));
  archiving = new ResourceSubject(configure({ ...process.env, MATTERMOST_URL: proxy.url }));
});
beforeEach(async () => {
  proxy.clear();
  proxy.always(
    { method: "DELETE", path: /permanent=true/ },
    { status: 401, body: '{"id":"api.user.delete_team.not_enabled.app_error","message":"not enabled"}' },
  );
  await probe.removeTeam(inputs.name);
});
afterAll(async () => {
  await proxy.close();
  await probe.removeTeam(inputs.name);
});

const create = (news: TeamInputs = inputs): Promise<{ id: string; outputs: TeamInputs }> =>
  team.implementation.create(news);
const byHand = (change: object = {}): Promise<string> =>
  probe.make("/teams", {
    name: inputs.name,
    display_name: "Theirs",
    type: "O",
    allow_open_invite: true,
    ...change,
  });

describe("create", () => {
  test("makes a team that nobody can join uninvited", async () => {
    const { id, outputs } = await create();
    expect(outputs).toEqual(inputs);
    expect(await team.found(id, outputs)).toEqual(inputs);
    expect(await team.differs(id, outputs, inputs)).toBe(false);
    expect(await probe.call("GET", `/teams/${id}`)).toMatchObject({ type: "I", allow_open_invite: false });
  });

  test("makes one team when the answer is lost, and finishes what an earlier try began", async () => {
    proxy.once({ method: "POST", path: /\/teams$/ }, "cut after");
    const { id, outputs } = await archiving.implementation.create(inputs);
    expect(await team.found(id, outputs)).toEqual(inputs);
    const again = await create({ ...inputs, displayName: "Renamed" });
    expect(again.id).toBe(id);
    expect((await team.found(id, again.outputs)).displayName).toBe("Renamed");
  });

  test("makes one team when five tries meet", async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => create()));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  test("refuses a team that isn't ours and leaves it alone; takes it over when told to", async () => {
    const id = await byHand();
    await expect(create()).rejects.toMatchObject({
      code: "team-not-ours",
      system: "Mattermost",
      fix: expect.stringContaining("adopt: true"),
    });
    expect(await probe.call("GET", `/teams/${id}`)).toMatchObject({ display_name: "Theirs", type: "O" });
    const adopted = await create({ ...inputs, adopt: true });
    expect(adopted.id).toBe(id);
    expect(await team.found(id, adopted.outputs)).toEqual({ ...inputs, adopt: true });
  });

  test("never takes over another tenant's team", async () => {
    await byHand({ company_name: "tenantry: tenant another" });
    await expect(create({ ...inputs, adopt: true })).rejects.toMatchObject({
      code: "team-not-ours",
      message: expect.stringContaining("another"),
      fix: "choose another name",
    });
  });
});

test.each<[string, Partial<TeamInputs>]>([
  ["displayName", { displayName: "Ümläut 李" }],
  ["description", { description: "" }],
  ["mark", { mark: "tenantry: tenant renamed" }],
])("update changes %s", async (_field, change) => {
  const { id, outputs } = await create();
  const news = { ...inputs, ...change };
  expect(await team.differs(id, outputs, news)).toBe(true);
  const updated = await team.implementation.update(id, outputs, news);
  expect(await team.found(id, updated)).toEqual(news);
  expect(await team.differs(id, updated, news)).toBe(false);
});

describe("changes by hand", () => {
  test.each<[string, string, object, Partial<TeamInputs>]>([
    [
      "other names",
      "/patch",
      { display_name: "X", description: "Y" },
      { displayName: "X", description: "Y" },
    ],
    ["opened", "/privacy", { privacy: "O" }, { openInvite: true }],
    ["open to whoever finds it", "/patch", { allow_open_invite: true }, { openInvite: true }],
    ["unmarked", "/patch", { company_name: "" }, { mark: "" }],
  ])("%s: seen and repaired", async (_what, path, body, seen) => {
    const { id, outputs } = await create();
    await probe.call("PUT", `/teams/${id}${path}`, body);
    const drifted = await team.found(id, outputs);
    expect(drifted).toEqual({ ...inputs, ...seen });
    expect(await team.differs(id, outputs, inputs)).toBe(true);
    await team.implementation.update(id, drifted, inputs);
    expect(await team.found(id, outputs)).toEqual(inputs);
  });

  test("archived: gone for read, back with what was written there by create", async () => {
    const { id, outputs } = await create();
    await probe.call("DELETE", `/teams/${id}`);
    expect(await team.implementation.read(id, outputs)).toBeUndefined();
    const back = await create({ ...inputs, displayName: "Back" });
    expect(back.id).toBe(id);
    expect((await team.found(id, back.outputs)).displayName).toBe("Back");
  });

  test("removed: gone for read, said by update, made again by create", async () => {
    const { id, outputs } = await create();
    await probe.removeTeam(inputs.name);
    expect(await team.implementation.read(id, outputs)).toBeUndefined();
    await expect(team.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "team-missing",
    });
    expect((await create()).id).not.toBe(id);
  });
});

describe("delete", () => {
  test("removes the team where the server allows it, and works twice", async () => {
    const { id, outputs } = await create();
    await team.implementation.delete(id, outputs);
    await team.implementation.delete(id, outputs);
    expect((await probe.send("GET", `/teams/${id}`)).status).toBe(404);
  });

  test("archives it elsewhere, and works twice", async () => {
    const { id, outputs } = await create();
    await archiving.implementation.delete(id, outputs);
    await archiving.implementation.delete(id, outputs);
    expect((await probe.call("GET", `/teams/${id}`))["delete_at"]).not.toBe(0);
    expect((await archiving.implementation.create(inputs)).id).toBe(id);
  });
});

test.each<[string, Partial<TeamInputs>, string]>([
  ["a name that Mattermost keeps", { name: "postbank" }, "name"],
  ["capitals", { name: "Acme" }, "name"],
  ["no name to show", { displayName: "" }, "displayName"],
])("refuses %s before anything is done", async (_what, change, property) => {
  const { failures } = await team.provider.check({}, { ...inputs, ...change });
  expect(failures.map((each) => each.property)).toEqual([property]);
});

test("refuses another name for a team that is there, since that would lose it", async () => {
  const { failures } = await team.provider.check({ ...inputs }, { ...inputs, name: "renamed" });
  expect(failures).toEqual([{ property: "name", reason: "Mattermost can't rename a team: keep team-co" }]);
});
