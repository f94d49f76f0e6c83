import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../../cli/project-root.ts";
import { defaultThreshold } from "../../../discovery/confidence.ts";
import { discoverUnits, type DiscoveryReport } from "../../../discovery/discover-units.ts";
import { validateOnline } from "../../../discovery/online/validate-online.ts";
import { silent } from "../../../report/progress.ts";
import { loadFleet } from "../../../schema/load-fleet.ts";
import { validate } from "../../../schema/validate.ts";
import { github } from "../../../testbed/github.ts";
import { tfe } from "../../../testbed/tfe.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { LocalProject } from "../../support/local-project.ts";
import { makeOrganization } from "../../support/make-organization.ts";
import { organizationOf } from "../../support/organization.ts";
import { measured } from "../../support/precision.ts";

// An organization of 60 repositories on the stand-ins of GitHub and Terraform Cloud, read through proxies that write down each call.
const organization = organizationOf(20_261_121);
let project: LocalProject;
let folder: string;
let proxies: { readonly github: FaultProxy; readonly tfe: FaultProxy };
let environment: Record<string, string>;

beforeAll(async () => {
  project = new LocalProject();
  await project.up(github, tfe);
  const direct = {
    GITHUB_BASE_URL: github.address(project.place(github)),
    GITHUB_OWNER: "tenantry",
    TFE_HOSTNAME: new URL(tfe.address(project.place(tfe))).host,
    TFE_ORGANIZATION: "tenantry",
    TFE_SSL_SKIP_VERIFY: "true",
    ...github.credentials(project.place(github)),
    ...tfe.credentials(project.place(tfe)),
  };
  await makeOrganization(organization, direct);
  proxies = {
    github: await FaultProxy.start(direct.GITHUB_BASE_URL),
    tfe: await FaultProxy.start(tfe.address(project.place(tfe))),
  };
  environment = {
    ...direct,
    GITHUB_BASE_URL: proxies.github.url,
    TFE_HOSTNAME: new URL(proxies.tfe.url).host,
  };
  folder = mkdtempSync(join(tmpdir(), "tenantry-discovery-"));
  cpSync(join(root, "tenants"), join(folder, "tenants"), { recursive: true });
});
afterAll(async () => {
  await project.remove();
  await proxies.github.close();
  await proxies.tfe.close();
  rmSync(folder, { recursive: true, force: true });
});

const discover = (more: object = {}): Promise<DiscoveryReport> =>
  discoverUnits({
    github: "tenantry",
    terraformCloud: "tenantry",
    environment,
    root: folder,
    out: join(folder, "drafts"),
    threshold: defaultThreshold,
    progress: silent,
    ...more,
  });

test("finds exactly the 20 business units, drafts those that are no tenants yet, and the drafts are valid", async () => {
  const report = await discover();
  expect([report.repositories, report.unread]).toEqual([60, []]);
  const { precision, recall, wrong } = measured(
    report.units.map(({ unit }) => unit),
    organization.truth,
  );
  console.log(
    `discovery of ${report.repositories} repositories and ${report.workspaces} workspaces: ${report.units.length} units at ${defaultThreshold}, precision ${precision}, recall ${recall}`,
  );
  expect({ precision, recall, wrong }).toEqual({ precision: 1, recall: 1, wrong: [] });
  const states = report.units.map((each) => [each.unit.id, each.state]);
  const others = [...organization.truth.keys()].filter((id) => id !== "retail").sort();
  expect(states.filter(([, state]) => state === "new").map(([id]) => id)).toEqual(others);
  expect(states).toContainEqual(["retail", "tenant"]);

  const files = readdirSync(join(folder, "drafts")).map((name) => join(folder, "drafts", name));
  expect(files.map((file) => file.replace(/^.*\/|\.yaml$/g, ""))).toEqual(others);
  expect(await validate(join(folder, "tenants"), files)).toEqual({ files: 19, problems: [] });
  // As tenants they are valid beside each other and the others, too.
  const fleet = join(folder, "all", "tenants");
  cpSync(join(folder, "tenants"), fleet, { recursive: true });
  for (const file of files) cpSync(file, join(fleet, file.replace(/^.*\//, "")));
  expect((await loadFleet(fleet)).problems).toEqual([]);
});

test("only reads, by few calls, and asks nothing of what is archived, a fork or a template", () => {
  const all = [...proxies.github.calls, ...proxies.tfe.calls];
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter(({ method }) => method !== "GET")).toEqual([]);
  const inUse = organization.repositories.filter(({ is }) => is === undefined || is === "empty").length;
  const withEntities = organization.repositories.filter(
    ({ is, files = {} }) =>
      is === undefined && Object.keys(files).some((file) => file.startsWith("catalog-info")),
  ).length;
  expect(proxies.github.calls).toHaveLength(2 + inUse + withEntities);
  expect(proxies.tfe.calls).toHaveLength(2 + organization.workspaces.length);
});

test("a second run writes nothing, whatever was edited, and says so", async () => {
  const drafts = join(folder, "drafts");
  const [edited = "", ...rest] = readdirSync(drafts);
  writeFileSync(join(drafts, edited), "# mine\n");
  const before = rest.map((name) => statSync(join(drafts, name)).mtimeMs);
  const { units } = await discover();
  expect(units.filter((each) => each.state === "new" && each.written)).toEqual([]);
  expect(rest.map((name) => statSync(join(drafts, name)).mtimeMs)).toEqual(before);
  expect(readFileSync(join(drafts, edited), "utf8")).toBe("# mine\n");
});

test("no draft holds what a state marks as secret, nor a token", () => {
  const texts = readdirSync(join(folder, "drafts")).map((name) =>
    readFileSync(join(folder, "drafts", name), "utf8"),
  );
  const secrets = ["s3cret-of-the-state", environment["GITHUB_TOKEN"] ?? "", environment["TFE_TOKEN"] ?? ""];
  expect(texts.some((text) => secrets.some((secret) => text.includes(secret)))).toBe(false);
});

test("what drafts name is there, says validate --online, and they lack what nobody can read", async () => {
  proxies.github.clear();
  const dir = join(folder, "all", "tenants");
  const { tenants } = await loadFleet(dir);
  const drafted = tenants.filter(({ tenant }) => tenant.id !== "retail" && organization.truth.has(tenant.id));
  expect(drafted).toHaveLength(19);
  const { problems, unreachable } = await validateOnline(drafted, environment);
  expect(unreachable).toEqual([]);
  expect(proxies.github.calls.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["incomplete"]));
  const gone = drafted.map((each) => ({
    ...each,
    tenant: {
      ...each.tenant,
      sourceControl: { ...each.tenant.sourceControl, organization: "nobody-here" },
    },
  }));
  const after = (await validateOnline(gone, environment)).problems.filter(({ code }) => code === "not-there");
  expect(after).toHaveLength(19);
  expect(after[0]?.path).toBe("sourceControl.repositories[0].name");
});

test("a workspace that a file names and that isn't there is said, with its place", async () => {
  // The organization has a workspace for dev of one of its units, and none for qa.
  const [made] = organization.workspaces.filter(({ name }) => name.endsWith("-dev"));
  const id = made?.name.slice(0, -"-dev".length) ?? "";
  const dir = join(folder, "delivered", "tenants");
  cpSync(join(folder, "tenants", "plans"), join(dir, "plans"), { recursive: true });
  cpSync(join(folder, "tenants", "defaults.yaml"), join(dir, "defaults.yaml"));
  const delivery = "delivery:\n  environments:\n    - name: dev\n    - name: qa\n";
  writeFileSync(join(dir, "x.yaml"), `version: 1\nid: ${id}\nname: X\nplan: basic\n${delivery}`);
  const { tenants, problems } = await loadFleet(dir);
  expect(problems).toEqual([]);
  const found = await validateOnline(tenants, environment);
  expect(found.problems.filter(({ code }) => code === "not-there")).toEqual([
    {
      ...{ file: "tenants/x.yaml", line: 8, column: 13, code: "not-there" },
      path: "delivery.environments[1].name",
      message: `there is no workspace tenantry/${id}-qa in Terraform Cloud, or the token can't see it`,
    },
  ]);
});

describe("what goes wrong is said, and nothing is written", () => {
  test.each([
    ["wrong-token", "GitHub", { GITHUB_TOKEN: "ghp_wrong-token" }, {}],
    ["wrong-token", "Terraform Cloud", { TFE_TOKEN: "wrong-token" }, {}],
    ["credentials-missing", "GitHub", { GITHUB_TOKEN: "" }, {}],
    ["credentials-missing", "Terraform Cloud", { TFE_TOKEN: "" }, {}],
    ["organization-missing", "GitHub", {}, { github: "nobody-here" }],
    ["organization-missing", "Terraform Cloud", {}, { terraformCloud: "nobody-here" }],
    ["server-unreachable", "GitHub", { GITHUB_BASE_URL: "http://127.0.0.1:9" }, {}],
  ])("%s of %s", async (code, system, wrong, more) => {
    const out = join(folder, "none");
    const failure: unknown = await discover({
      out,
      environment: { ...environment, ...wrong },
      ...more,
    }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, system, fix: expect.any(String) });
    expect(readdirSync(folder)).not.toContain("none");
  });

  test("a rate limit in the middle, with the time when it ends; what is still to be read isn't asked for", async () => {
    const reset = String(Math.round(Date.now() / 1000) + 1800);
    proxies.github.clear();
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    proxies.github.always({ path: /\/git\/trees\// }, { status: 403, headers });
    const failure: unknown = await discover({ out: join(folder, "none") }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "rate-limited", fix: expect.stringMatching(/^wait until .* UTC/) });
    expect(proxies.github.calls.length).toBeLessThan(20);
    proxies.github.clear();
  });

  test("a repository that may not be read: the rest is found, and it is named", async () => {
    const name = organization.truth.get("retail") ?? "";
    proxies.github.always({ path: new RegExp(`/${name}/git/trees/`) }, { status: 403 });
    const { unread, units } = await discover();
    expect(unread.map(({ what }) => what)).toEqual([`tenantry/${name}: files`]);
    expect(units.length).toBeGreaterThanOrEqual(19);
    proxies.github.clear();
  });
});
