import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { configure, type PersonInputs } from "../../../providers/twenty/person-implementation.ts";
import { isOurs } from "../../../providers/twenty/record-id.ts";
import { serve } from "../../../providers/serve.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import { TwentyUnderTest } from "./twenty-under-test.ts";

let twenty: TwentyUnderTest;
let person: ReturnType<typeof configure>;
let inputs: PersonInputs;
let companies: string[];

beforeAll(async () => {
  twenty = await TwentyUnderTest.start();
  person = configure(twenty.environment());
  companies = [
    await twenty.make("companies", { name: `Acme ${twenty.run}` }),
    await twenty.make("companies", { name: `Globex ${twenty.run}` }),
  ];
  inputs = {
    tenant: `tenant-${twenty.run}`,
    firstName: "Jane",
    lastName: "Doe",
    email: twenty.email("jane"),
    jobTitle: "Engineer",
    company: companies[0],
    adopt: false,
  };
});
beforeEach(async () => {
  for (const { id } of [...(await twenty.list("people")), ...(await twenty.listDeleted("people"))]) {
    await twenty.destroy("people", id);
  }
});
afterAll(() => twenty.close());

const differs = async (id: string, state: PersonInputs, news = inputs): Promise<boolean> => {
  const found = await person.read(id, state);
  return (await serve(person).diff(id, { ...found }, { ...news })).changes;
};
const only = async (): Promise<Awaited<ReturnType<TwentyUnderTest["list"]>>[number]> => {
  const people = await twenty.list("people");
  expect(people).toHaveLength(1);
  return people[0] ?? { id: "" };
};

describe("create", () => {
  test("makes a person, marked as the tenant's by the id, and a look finds nothing to change", async () => {
    const { id, outputs } = await person.create(inputs);
    expect(outputs).toEqual(inputs);
    expect(await only()).toMatchObject({
      id,
      name: { firstName: "Jane", lastName: "Doe" },
      emails: { primaryEmail: inputs.email },
      jobTitle: "Engineer",
      companyId: companies[0],
      createdBy: { source: "API" },
    });
    expect(isOurs(id, inputs.tenant)).toBe(true);
    expect(isOurs(id, "another")).toBe(false);
    expect(await person.read(id, outputs)).toEqual(outputs);
    expect(await differs(id, outputs)).toBe(false);
  });

  test("leaves to people what isn't declared", async () => {
    const { tenant, firstName, lastName, email, adopt } = inputs;
    const bare = { tenant, firstName, lastName, email, adopt };
    const { id, outputs } = await person.create(bare);
    await twenty.change("people", id, { jobTitle: "Chief", companyId: companies[1] });
    expect(await differs(id, outputs, bare)).toBe(false);
    expect(await person.update(id, outputs, { ...bare, firstName: "Joan" })).toEqual({
      ...bare,
      firstName: "Joan",
    });
    expect(await only()).toMatchObject({ jobTitle: "Chief", companyId: companies[1] });
  });

  test("takes an address with characters that Twenty's filters end at", async () => {
    const news = { ...inputs, email: twenty.email("o'neil+crm") };
    const first = await person.create(news);
    const second = await person.create(news);
    expect(second.id).toBe(first.id);
    expect(await only()).toMatchObject({ emails: { primaryEmail: news.email } });
  });

  test("keeps two apart whose addresses differ in such a character", async () => {
    const first = await person.create({ ...inputs, email: twenty.email("axb") });
    const second = await person.create({ ...inputs, email: twenty.email("a'b") });
    expect(second.id).not.toBe(first.id);
  });

  test("an address in capitals is the same address", () => {
    const parsed = person.inputs.parse({ ...inputs, email: inputs.email.toUpperCase() });
    expect(parsed.email).toBe(inputs.email);
  });

  test("says what Twenty refuses, and makes nothing", async () => {
    const news = { ...inputs, company: "00000000-0000-4000-8000-000000000000" };
    await expect(person.create(news)).rejects.toMatchObject({ code: "request-refused", system: "Twenty" });
    expect(await twenty.list("people")).toEqual([]);
  });
});

describe("create, when somebody is there already", () => {
  const theirs = (): Promise<string> =>
    twenty.make("people", { name: { firstName: "J", lastName: "" }, emails: { primaryEmail: inputs.email } });

  test("refuses a person that the tenant did not make, and leaves it alone", async () => {
    const id = await theirs();
    await expect(person.create(inputs)).rejects.toMatchObject({
      code: "person-not-ours",
      system: "Twenty",
      message: expect.stringContaining(inputs.email),
      fix: expect.stringContaining("adopt: true on the person"),
    });
    expect(await only()).toMatchObject({ id, name: { firstName: "J" } });
  });

  test("refuses one that is deleted but still has the address", async () => {
    const id = await theirs();
    await twenty.softDelete("people", id);
    await expect(person.create(inputs)).rejects.toMatchObject({
      code: "person-not-ours",
      message: expect.stringContaining("among its deleted people"),
    });
    expect(await twenty.list("people")).toEqual([]);
  });

  test("refuses another tenant's", async () => {
    await person.create({ ...inputs, tenant: "another" });
    await expect(person.create(inputs)).rejects.toMatchObject({ code: "person-not-ours" });
  });

  test.each([false, true])("takes it over with adopt: true, also when deleted: %s", async (deleted) => {
    const id = await theirs();
    if (deleted) await twenty.softDelete("people", id);
    const news = { ...inputs, adopt: true };
    expect(await person.create(news)).toEqual({ id, outputs: news });
    expect(await only()).toMatchObject({
      id,
      name: { firstName: "Jane", lastName: "Doe" },
      jobTitle: "Engineer",
    });
  });
});

describe("what changes", () => {
  const changes: readonly [keyof PersonInputs, () => Partial<PersonInputs>, () => object][] = [
    ["firstName", () => ({ firstName: "Joan" }), () => ({ name: { firstName: "Joan", lastName: "Doe" } })],
    ["lastName", () => ({ lastName: "Roe" }), () => ({ name: { firstName: "Jane", lastName: "Roe" } })],
    [
      "email",
      () => ({ email: twenty.email("joan") }),
      () => ({ emails: { primaryEmail: twenty.email("joan") } }),
    ],
    ["jobTitle", () => ({ jobTitle: "" }), () => ({ jobTitle: "" })],
    ["company", () => ({ company: companies[1] }), () => ({ companyId: companies[1] })],
  ];

  test.each(changes)("in the file is written: %s", async (_field, change, found) => {
    const { id, outputs } = await person.create(inputs);
    const news = { ...inputs, ...change() };
    expect(await differs(id, outputs, news)).toBe(true);
    expect(await person.update(id, outputs, news)).toEqual(news);
    expect(await only()).toMatchObject({ id, ...found() });
    expect(await differs(id, news, news)).toBe(false);
  });

  test.each(changes)("by hand is seen and undone: %s", async (_field, change, found) => {
    const { id, outputs } = await person.create(inputs);
    await twenty.change("people", id, { ...found() });
    expect(await person.read(id, outputs)).toEqual({ ...outputs, ...change() });
    expect(await differs(id, outputs)).toBe(true);
    expect(await person.update(id, { ...outputs, ...change() }, inputs)).toEqual(inputs);
    expect(await person.read(id, inputs)).toEqual(inputs);
  });

  test("address and company taken away by hand: the state can still be read, and they come back", async () => {
    const { id, outputs } = await person.create(inputs);
    const { email } = inputs;
    await twenty.change("people", id, { emails: { primaryEmail: "" }, companyId: null });
    const found = await person.read(id, outputs);
    expect(found).toMatchObject({ email: "", company: undefined });
    const state = person.outputs.parse(JSON.parse(JSON.stringify(found)));
    expect(await differs(id, state)).toBe(true);
    expect(await person.update(id, state, inputs)).toEqual(inputs);
    expect(await only()).toMatchObject({ emails: { primaryEmail: email }, companyId: companies[0] });
  });

  test("further addresses that people added stay", async () => {
    const { id, outputs } = await person.create(inputs);
    const additionalEmails = [twenty.email("private")];
    await twenty.change("people", id, { emails: { primaryEmail: inputs.email, additionalEmails } });
    expect(await differs(id, outputs)).toBe(false);
    await person.update(id, outputs, { ...inputs, email: twenty.email("new") });
    expect(await only()).toMatchObject({ emails: { primaryEmail: twenty.email("new"), additionalEmails } });
  });

  test("an address that another record has is refused, and nothing is changed", async () => {
    const { id, outputs } = await person.create(inputs);
    const taken = twenty.email("taken");
    await twenty.softDelete("people", await twenty.make("people", { emails: { primaryEmail: taken } }));
    await expect(person.update(id, outputs, { ...inputs, email: taken })).rejects.toMatchObject({
      code: "conflict",
      fix: expect.stringContaining("the deleted ones too"),
    });
    expect(await only()).toMatchObject({ emails: { primaryEmail: inputs.email } });
  });
});

describe("deletion", () => {
  test("moves the person to the deleted ones, and a second one is content", async () => {
    const { id, outputs } = await person.create(inputs);
    await person.delete(id, outputs);
    expect(await twenty.list("people")).toEqual([]);
    await person.delete(id, outputs);
    expect(await twenty.listDeleted("people")).toMatchObject([{ id }]);
    expect(await person.read(id, outputs)).toBeUndefined();
  });

  test("of one that was removed for good is content", async () => {
    const { id, outputs } = await person.create(inputs);
    await twenty.destroy("people", id);
    await person.delete(id, outputs);
  });

  test("by hand, then repair: the same person comes back as declared", async () => {
    const { id, outputs } = await person.create(inputs);
    await twenty.change("people", id, { jobTitle: "Guest" });
    await twenty.softDelete("people", id);
    expect(await person.read(id, outputs)).toBeUndefined();
    expect(await person.create(inputs)).toEqual({ id, outputs: inputs });
    expect(await only()).toMatchObject({ id, jobTitle: "Engineer" });
  });

  test("by hand for good, then repair: a new one", async () => {
    const { id, outputs } = await person.create(inputs);
    await twenty.destroy("people", id);
    expect(await person.read(id, outputs)).toBeUndefined();
    const made = await person.create(inputs);
    expect(made.id).not.toBe(id);
    expect(await only()).toMatchObject({ id: made.id });
  });

  test("by hand, noticed only by update: brought back, unless it was for good", async () => {
    const { id, outputs } = await person.create(inputs);
    await twenty.softDelete("people", id);
    expect(await person.update(id, outputs, { ...inputs, lastName: "Roe" })).toMatchObject({
      lastName: "Roe",
    });
    expect(await only()).toMatchObject({ id, name: { lastName: "Roe" } });
    await twenty.destroy("people", id);
    await expect(person.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "person-missing",
      fix: expect.stringContaining("--refresh"),
    });
  });
});

describe("when an answer is lost", () => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await FaultProxy.start(twenty.url);
  });
  afterEach(() => proxy.clear());
  afterAll(() => proxy.close());

  test("after the server did the work, there is one person and no error", async () => {
    proxy.once({ method: "POST", path: /people/ }, "cut after");
    const { id, outputs } = await configure(twenty.environment(proxy.url)).create(inputs);
    expect(outputs).toEqual(inputs);
    expect(await only()).toMatchObject({ id });
    expect(proxy.calls.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("before the server saw it, likewise", async () => {
    proxy.once({ method: "POST", path: /people/ }, "reset");
    const { id } = await configure(twenty.environment(proxy.url)).create(inputs);
    expect(await only()).toMatchObject({ id });
  });

  test("and the process ended, the next create finds its own", async () => {
    const first = await person.create(inputs);
    expect(await person.create(inputs)).toEqual(first);
    expect(await only()).toMatchObject({ id: first.id });
  });

  test("because the workspace has had its calls of the minute, the call is made again", async () => {
    const body = JSON.stringify({
      statusCode: 400,
      error: "Error",
      messages: ["Limit reached (100 tokens per 60000 ms)"],
    });
    proxy.once({ method: "POST" }, { status: 400, body });
    const { id } = await configure(twenty.environment(proxy.url)).create(inputs);
    expect(await only()).toMatchObject({ id });
  });

  test("of a change and of a deletion, it is done all the same", async () => {
    const broken = configure(twenty.environment(proxy.url));
    const { id, outputs } = await person.create(inputs);
    proxy.once({ method: "PATCH" }, "cut after");
    const news = { ...inputs, firstName: "Joan" };
    expect(await broken.update(id, outputs, news)).toEqual(news);
    proxy.once({ method: "DELETE" }, "cut after");
    await broken.delete(id, news);
    expect(await twenty.list("people")).toEqual([]);
    expect(await twenty.listDeleted("people")).toMatchObject([{ id }]);
  });
});

describeHttpFailures({
  system: "Twenty",
  url: () => twenty.url,
  secrets: () => [twenty.key],
  read: (url) => configure(twenty.environment(url)).read("00000000-0000-4000-8000-000000000000", inputs),
  create: (url) => configure(twenty.environment(url)).create(inputs),
});
