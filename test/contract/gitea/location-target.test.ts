import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { rootText } from "../../../catalog/root-location.ts";
import { configure } from "../../../providers/gitea/location-target-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { GiteaProbe, unique } from "../../support/gitea-probe.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";

type Implementation = ReturnType<typeof configure>;
type Inputs = Parameters<Implementation["create"]>[0];

const organization = unique("targets");
const place = `/repos/${organization}/catalog`;
const path = "catalog-info.yaml";
const targetOf = (tenant: string): string => `./tenants/${tenant}.yaml`;
const inputsOf = (tenant: string): Inputs => ({
  tenant,
  repository: `${organization}/catalog`,
  path,
  branch: undefined,
  target: targetOf(tenant),
});

let probe: GiteaProbe;
let proxy: FaultProxy;
let target: ResourceSubject<Inputs, Inputs>;

const create = (tenant: string): Promise<{ id: string; outputs: Inputs }> =>
  target.implementation.create(inputsOf(tenant));
const text = async (): Promise<string> => (await probe.send("GET", `${place}/raw/${path}`)).text();
const byHand = async (content: string): Promise<void> => {
  const { sha } = await probe.call("GET", `${place}/contents/${path}`);
  await probe.call("PUT", `${place}/contents/${path}`, {
    sha,
    content: Buffer.from(content).toString("base64"),
  });
};
const commits = async (): Promise<number> => (await probe.list(`${place}/commits?limit=50`)).length;

beforeAll(async () => {
  probe = await GiteaProbe.start();
  proxy = await FaultProxy.start(probe.url);
  target = new ResourceSubject(configure(process.env));
  await probe.makeOrganization(organization);
});
beforeEach(async () => {
  proxy.clear();
  await probe.send("DELETE", place);
  await probe.call("POST", `/orgs/${organization}/repos`, {
    name: "catalog",
    auto_init: true,
    default_branch: "main",
  });
});
afterAll(async () => {
  await proxy.close();
  await probe.remove({ organizations: [organization] });
});

describe("a target", () => {
  test("the first one makes the file, further ones are in it too, once", async () => {
    const { id, outputs } = await create("globex");
    expect(id).toBe(`${organization}/catalog/${path} ${targetOf("globex")}`);
    expect(await text()).toBe(rootText([targetOf("globex")]));
    await create("acme");
    expect(await text()).toBe(rootText([targetOf("acme"), targetOf("globex")]));
    await create("acme");
    expect(await commits()).toBe(3);
    expect(await target.found(id, outputs)).toEqual(outputs);
    expect(await target.differs(id, outputs, inputsOf("globex"))).toBe(false);
  });

  test("eight at once, and each of them gone at once", async () => {
    const tenants = Array.from({ length: 8 }, (_, index) => `t${index}`);
    const made = await Promise.all(
      tenants.map(async (tenant) => {
        const own = configure(process.env);
        return { own, ...(await own.create(inputsOf(tenant))) };
      }),
    );
    expect(await text()).toBe(rootText(tenants.map(targetOf)));
    await Promise.all(made.map(({ own, id, outputs }) => own.delete(id, outputs)));
    expect(await text()).toBe(rootText([]));
  });

  test("taken out by hand: gone for read, there again by create; what others changed stays", async () => {
    const { id, outputs } = await create("acme");
    await byHand("# Ours\nkind: Location\nspec:\n  targets:\n    - ./by-hand.yaml\n");
    expect(await target.implementation.read(id, outputs)).toBeUndefined();
    await create("acme");
    expect(await text()).toBe(
      "# Ours\nkind: Location\nspec:\n  targets:\n    - ./by-hand.yaml\n    - ./tenants/acme.yaml\n",
    );
    await target.implementation.delete(id, outputs);
    expect(await text()).toBe("# Ours\nkind: Location\nspec:\n  targets:\n    - ./by-hand.yaml\n");
  });

  test("a file that is no Location takes none, and holds up no removal", async () => {
    const { id, outputs } = await create("acme");
    await byHand("kind: Component\n");
    expect(await target.implementation.read(id, outputs)).toBeUndefined();
    await expect(create("acme")).rejects.toMatchObject({ code: "not-a-location" });
    await target.implementation.delete(id, outputs);
    expect(await text()).toBe("kind: Component\n");
  });

  test.each([
    ["somebody's commit in between", { status: 422, body: `{"message":"sha does not match"}` }],
    ["a lost answer", "cut after"],
  ] as const)("%s: there, once", async (_what, fault) => {
    await create("globex");
    proxy.once({ method: "PUT" }, fault);
    await configure(probe.environment(proxy.url)).create(inputsOf("acme"));
    expect(await text()).toBe(rootText([targetOf("globex"), targetOf("acme")]));
  });

  test("removed twice, and when file or repository are gone", async () => {
    const { id, outputs } = await create("acme");
    await target.implementation.delete(id, outputs);
    await target.implementation.delete(id, outputs);
    await probe.call("DELETE", place);
    expect(await target.implementation.read(id, outputs)).toBeUndefined();
    await target.implementation.delete(id, outputs);
    await expect(create("acme")).rejects.toMatchObject({ code: "repository-missing", system: "Gitea" });
  });

  test.each<[string, Partial<Inputs>]>([
    ["repository", { repository: `${organization}/other` }],
    ["path", { path: "other.yaml" }],
    ["branch", { branch: "dev" }],
    ["target", { target: "./other.yaml" }],
  ])("another %s is another target", async (field, change) => {
    const { id, outputs } = await create("acme");
    const { replaces } = await target.provider.diff(id, { ...outputs }, { ...inputsOf("acme"), ...change });
    expect(replaces).toEqual([field]);
  });
});

describeHttpFailures({
  system: "Gitea",
  url: () => probe.url,
  secrets: () => [probe.token],
  read: (url) => configure(probe.environment(url)).read("", inputsOf("acme")),
  create: (url) => configure(probe.environment(url)).create(inputsOf("acme")),
});
