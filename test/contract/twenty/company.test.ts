import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { serve } from "../../../providers/serve.ts";
import { configure, type CompanyInputs } from "../../../providers/twenty/company-implementation.ts";
import { isOurs } from "../../../providers/twenty/record-id.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { TwentyUnderTest } from "./twenty-under-test.ts";

let twenty: TwentyUnderTest;
let company: ReturnType<typeof configure>;
let inputs: CompanyInputs;
let nameless: CompanyInputs;

beforeAll(async () => {
  twenty = await TwentyUnderTest.start();
  company = configure(twenty.environment());
  const tenant = `tenant-${twenty.run}`;
  inputs = { tenant, name: `Acme ${twenty.run}`, domain: `acme.${twenty.run}.example`, adopt: false };
  nameless = { tenant, name: `Acme ${twenty.run}`, adopt: false };
});
beforeEach(() => twenty.clean());
afterAll(() => twenty.close());

const differs = async (id: string, state: CompanyInputs, news: CompanyInputs): Promise<boolean> => {
  const found = await company.read(id, state);
  return (await serve(company).diff(id, { ...found }, { ...news })).changes;
};
const ids = async (): Promise<string[]> => (await twenty.list("companies")).map(({ id }) => id);

describe.each([
  ["a company with a domain", (): CompanyInputs => inputs],
  ["a company without", (): CompanyInputs => nameless],
])("%s", (_which, given) => {
  test("is made, marked, and found as it was declared", async () => {
    const { id, outputs } = await company.create(given());
    expect(outputs).toEqual(given());
    expect(isOurs(id, inputs.tenant)).toBe(true);
    expect(await ids()).toEqual([id]);
    expect(await company.read(id, outputs)).toEqual(given());
    expect(await differs(id, outputs, given())).toBe(false);
  });

  test("is refused when it is there and not the tenant's, and taken over with adopt: true", async () => {
    const { name, domain } = given();
    const theirs = await twenty.make("companies", {
      name,
      ...(domain !== undefined && { domainName: { primaryLinkUrl: `http://www.${domain}/about` } }),
    });
    await expect(company.create(given())).rejects.toMatchObject({
      code: "company-not-ours",
      system: "Twenty",
      message: expect.stringContaining(domain ?? name),
      fix: expect.stringContaining("adopt: true in the crm section"),
    });
    expect(await ids()).toEqual([theirs]);
    const news = { ...given(), adopt: true };
    expect(await company.create(news)).toEqual({ id: theirs, outputs: news });
    expect(await ids()).toEqual([theirs]);
    expect(await differs(theirs, news, news)).toBe(false);
  });

  test("comes back when it was deleted by hand, and is made anew when that was for good", async () => {
    const { id, outputs } = await company.create(given());
    await twenty.softDelete("companies", id);
    expect(await company.read(id, outputs)).toBeUndefined();
    expect(await company.create(given())).toEqual({ id, outputs });
    expect(await ids()).toEqual([id]);
    await twenty.destroy("companies", id);
    expect((await company.create(given())).id).not.toBe(id);
    expect(await ids()).toHaveLength(1);
  });

  test("is deleted, twice", async () => {
    const { id, outputs } = await company.create(given());
    await company.delete(id, outputs);
    await company.delete(id, outputs);
    expect(await ids()).toEqual([]);
    expect(await twenty.listDeleted("companies")).toMatchObject([{ id }]);
  });

  describe("when an answer is lost", () => {
    let proxy: FaultProxy;
    beforeAll(async () => {
      proxy = await FaultProxy.start(twenty.url);
    });
    afterEach(() => proxy.clear());
    afterAll(() => proxy.close());

    test("is there once, and no error", async () => {
      proxy.once({ method: "POST" }, "cut after");
      const { id } = await configure(twenty.environment(proxy.url)).create(given());
      expect(await ids()).toEqual([id]);
      expect((await company.create(given())).id).toBe(id);
    });
  });
});

describe("what changes", () => {
  const changes: readonly [keyof CompanyInputs, () => CompanyInputs, () => object][] = [
    ["name", () => ({ ...inputs, name: `Globex ${twenty.run}` }), () => ({ name: `Globex ${twenty.run}` })],
    [
      "domain",
      () => ({ ...inputs, domain: `globex.${twenty.run}.example` }),
      () => ({ domainName: { primaryLinkUrl: `https://globex.${twenty.run}.example` } }),
    ],
  ];

  test.each(changes)("in the file is written: %s", async (_field, news, found) => {
    const { id, outputs } = await company.create(inputs);
    expect(await differs(id, outputs, news())).toBe(true);
    expect(await company.update(id, outputs, news())).toEqual(news());
    expect(await twenty.list("companies")).toMatchObject([{ id, ...found() }]);
    expect(await differs(id, news(), news())).toBe(false);
  });

  test.each(changes)("by hand is seen and undone: %s", async (_field, news, found) => {
    const { id, outputs } = await company.create(inputs);
    await twenty.change("companies", id, { ...found() });
    expect(await company.read(id, outputs)).toEqual(news());
    expect(await differs(id, outputs, inputs)).toBe(true);
    expect(await company.update(id, news(), inputs)).toEqual(inputs);
    expect(await company.read(id, inputs)).toEqual(inputs);
  });

  test("by hand stays where nothing is declared", async () => {
    const { id, outputs } = await company.create(nameless);
    const domainName = { primaryLinkUrl: `https://${inputs.domain ?? ""}` };
    await twenty.change("companies", id, { domainName });
    expect(await differs(id, outputs, nameless)).toBe(false);
    await company.update(id, outputs, { ...nameless, name: `Acme Group ${twenty.run}` });
    expect(await twenty.list("companies")).toMatchObject([{ id, domainName }]);
  });

  test("name and domain taken away by hand: the state can still be read, and they come back", async () => {
    const { id, outputs } = await company.create(inputs);
    await twenty.change("companies", id, { name: "", domainName: { primaryLinkUrl: "" } });
    const found = await company.read(id, outputs);
    const state = company.outputs.parse(JSON.parse(JSON.stringify(found)));
    expect(await company.update(id, state, inputs)).toEqual(inputs);
    expect(await company.read(id, inputs)).toEqual(inputs);
  });
});

test("a name with what Twenty's filters end at is found again", async () => {
  const news = { ...nameless, name: `"Acme" (EU), [${twenty.run}] 50%_` };
  const { id } = await company.create(news);
  expect((await company.create(news)).id).toBe(id);
  await twenty.make("companies", { name: news.name.replaceAll('"', "'") });
  expect((await company.create(news)).id).toBe(id);
});

test("a deleted company of the same name is in nobody's way, one with the same domain is", async () => {
  const { name, domain = "" } = inputs;
  await twenty.softDelete("companies", await twenty.make("companies", { name }));
  const { id } = await company.create(nameless);
  expect(await ids()).toEqual([id]);
  const domainName = { primaryLinkUrl: `https://${domain}` };
  await twenty.softDelete("companies", await twenty.make("companies", { name, domainName }));
  await expect(company.create(inputs)).rejects.toMatchObject({
    code: "company-not-ours",
    message: expect.stringContaining("among its deleted companies"),
  });
});

test.each(["https://acme.com", "acme", "acme.com/about", ""])("%j is no domain", (domain) => {
  expect(company.inputs.safeParse({ ...nameless, domain }).success).toBe(false);
});

test("a domain in capitals is the same domain", () => {
  expect(company.inputs.parse({ ...nameless, domain: "Acme.COM" }).domain).toBe("acme.com");
});
