import { expect, test } from "@jest/globals";
import { Crm, type CrmArgs } from "../../../components/crm.ts";
import { declare, nameOf, resolved, type Declaration } from "./declaration.ts";

const person = { firstName: "Ada", lastName: "Ash", email: "ada@acme.example", role: "developer" } as const;
const ada = { ...person, username: "ada", expires: "2026-12-31" };

const crm = (args: Partial<CrmArgs> = {}): Promise<Declaration<Crm>> =>
  declare((options) => new Crm("crm", { url: "https://crm.example", tenant: "acme", ...args }, options), {
    "crm-user-ada-membership": { status: "invited" },
  });

test("a tenant is a company, and each person a contact of it whose access ends with them", async () => {
  const { all, inputs } = await crm({ company: "Acme Corporation", domain: "acme.example", people: [ada] });
  expect(all).toEqual([
    "index:Crm crm",
    "twenty:Company crm-company",
    "twenty:Person crm-user-ada",
    "twenty:WorkspaceMember crm-user-ada-membership",
  ]);
  expect(inputs("crm-company")).toEqual({
    tenant: "acme",
    name: "Acme Corporation",
    domain: "acme.example",
    adopt: false,
  });
  expect(inputs("crm-user-ada")).toEqual({
    tenant: "acme",
    firstName: "Ada",
    lastName: "Ash",
    email: "ada@acme.example",
    company: "id of crm-company",
    adopt: false,
  });
  expect(inputs("crm-user-ada-membership")).toMatchObject({ email: "ada@acme.example" });
});

test("a company needs no more than the tenant's id", async () => {
  const { all, inputs } = await crm();
  expect(all).toEqual(["index:Crm crm", "twenty:Company crm-company"]);
  expect(inputs("crm-company")).toEqual({ tenant: "acme", name: "acme", adopt: false });
});

test.each([
  ["on the last day", { today: "2026-12-31" }, true],
  ["the day after", { today: "2027-01-01" }, false],
  ["of a suspended tenant", { today: "2026-12-01", enabled: false }, false],
])("somebody's access %s; the contact stays", async (_when, admission, enabled) => {
  const { inputs, all } = await crm({ people: [ada], ...admission });
  expect(inputs("crm-user-ada-membership")).toMatchObject({ enabled });
  expect(all).toContain("twenty:Person crm-user-ada");
});

test("a company is taken over by the section's word, a contact by the person's", async () => {
  const section = await crm({ people: [ada], adopt: true });
  const own = await crm({ people: [{ ...ada, adopt: true }] });
  const names = ["crm-company", "crm-user-ada", "crm-user-ada-membership"];
  expect(names.map((name) => section.inputs(name)["adopt"])).toEqual([true, false, false]);
  expect(names.map((name) => own.inputs(name)["adopt"])).toEqual([false, true, true]);
});

test("outputs lead to the records, and say how far somebody is", async () => {
  const { component, options } = await crm({ people: [ada] });
  expect(await resolved({ url: component.url, people: component.people })).toEqual({
    url: "https://crm.example/object/company/id of crm-company",
    people: { ada: { url: "https://crm.example/object/person/id of crm-user-ada", membership: "invited" } },
  });
  expect(component.resources["ada"]?.map(nameOf)).toEqual(["crm-user-ada", "crm-user-ada-membership"]);
  for (const name of ["crm-company", "crm-user-ada", "crm-user-ada-membership"]) {
    expect(options(name).parent).toBe(component);
  }
});
