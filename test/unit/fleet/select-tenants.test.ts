import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { loadMembers, type Member } from "../../../fleet/load-members.ts";
import { pathReach } from "../../../fleet/path-reach.ts";
import { ProgramDigest } from "../../../fleet/program-digest.ts";
import { candidateOf } from "../../../fleet/prospect.ts";
import { type Candidate, type Selection, selectTenants } from "../../../fleet/select-tenants.ts";
import { inputsDigest, tenantInputs } from "../../../fleet/tenant-inputs.ts";
import { loadEnvironment } from "../../../stacks/environment.ts";

const candidate = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  file: `tenants/${id}.yaml`,
  madeOf: new Map([
    ["tenants/plans/basic.yaml", "its plan"],
    ["tenants/defaults.yaml", "the defaults"],
  ]),
  standing: undefined,
  ...more,
});
const wanted = {
  named: [],
  environmentFile: "stacks/environments/prod.yaml",
  force: false,
  skipUnchanged: true,
};
const select = (
  candidates: readonly Candidate[],
  more: Partial<Parameters<typeof selectTenants>[1]> = {},
): Selection => selectTenants(candidates, { ...wanted, ...more });

describe("why a tenant is chosen", () => {
  const reasonOf = (...changed: string[]): string | undefined =>
    select([candidate("acme")], { changed }).chosen[0]?.reason;

  test.each([
    ["tenants/acme.yaml", "its file changed: tenants/acme.yaml"],
    ["tenants/plans/basic.yaml", "its plan changed: tenants/plans/basic.yaml"],
    ["tenants/defaults.yaml", "the defaults changed: tenants/defaults.yaml"],
    ["stacks/environments/prod.yaml", "the environment changed: stacks/environments/prod.yaml"],
    [
      "stacks/config/Pulumi.prod.acme.yaml",
      "its stack's configuration changed: stacks/config/Pulumi.prod.acme.yaml",
    ],
    ["components/tenant.ts", "program code changed: components/tenant.ts"],
    ["package-lock.json", "program code changed: package-lock.json"],
    ["migrations/001.do.x.sql", "program code changed: migrations/001.do.x.sql"],
    ["workspace-templates/docker/main.tf", "program code changed: workspace-templates/docker/main.tf"],
    ["a-new-folder/thing.ts", "program code changed: a-new-folder/thing.ts"],
  ])("%s", (path, reason) => {
    expect(reasonOf(path)).toBe(reason);
  });

  test.each([
    "tenants/globex.yaml",
    "tenants/plans/enterprise.yaml",
    "stacks/environments/stage.yaml",
    "stacks/config/Pulumi.prod.globex.yaml",
    "docs/fleet.md",
    "README.md",
    "test/e2e/fleet.test.ts",
    "testbed/postgres.ts",
    ".github/workflows/preview.yml",
  ])("not because of %s", (path) => {
    expect(reasonOf(path)).toBeUndefined();
    expect(select([candidate("acme")], { changed: [path] }).skipped).toEqual([
      { tenant: "acme", reason: "no change reaches it" },
    ]);
  });

  test("its own business is said before what reaches everyone, and of that how much it is", () => {
    expect(reasonOf("components/a.ts", "tenants/acme.yaml")).toBe("its file changed: tenants/acme.yaml");
    expect(reasonOf("components/a.ts", "docs/x.md", "schema/b.ts")).toBe(
      "program code changed: components/a.ts and 1 more",
    );
  });
});

describe("as deployed", () => {
  const known = candidate("acme", { standing: { is: "as deployed", at: "2026-11-21T10:00:00Z" } });

  test("is skipped, whether all or what changed is wanted", () => {
    const skipped = [{ tenant: "acme", reason: "as deployed at 2026-11-21T10:00:00Z" }];
    expect(select([known])).toEqual({ chosen: [], skipped });
    expect(select([known], { changed: ["components/a.ts"] })).toEqual({ chosen: [], skipped });
  });

  test("is run all the same when it's named, forced, or the systems are to be looked at", () => {
    expect(select([known], { named: ["acme"] }).chosen).toEqual([{ tenant: "acme", reason: "named" }]);
    expect(select([known], { force: true }).chosen).toHaveLength(1);
    expect(select([known], { skipUnchanged: false }).chosen).toHaveLength(1);
  });
});

test("what changed includes what was never deployed, or with other inputs, though no change explains it", () => {
  const at = "2026-11-21T10:00:00Z";
  const candidates = [
    candidate("acme", { standing: { is: "not deployed" } }),
    candidate("globex", { standing: { is: "other", at } }),
    candidate("retail", { standing: { is: "as deployed", at } }),
    candidate("labs"),
  ];
  expect(select(candidates, { changed: [] })).toEqual({
    chosen: [
      { tenant: "acme", reason: "not deployed yet" },
      { tenant: "globex", reason: `not as deployed at ${at}` },
    ],
    skipped: ["retail", "labs"].map((tenant) => ({ tenant, reason: "no change reaches it" })),
  });
});

test("of named tenants with a revision, those that the change reaches", () => {
  const both = [candidate("acme"), candidate("globex"), candidate("retail")];
  expect(select(both, { named: ["acme", "globex"], changed: ["tenants/acme.yaml"] })).toEqual({
    chosen: [{ tenant: "acme", reason: "its file changed: tenants/acme.yaml" }],
    skipped: [{ tenant: "globex", reason: "no change reaches it" }],
  });
});

/** A project in a folder, by path. */
type Files = Readonly<Record<string, string>>;

const people = (id: string): string =>
  `users: [{ email: ann@${id}.example, firstName: A, lastName: N, role: developer }]\n`;
const tenantFile = (id: string, plan: string, more = ""): string =>
  `version: 1\nid: ${id}\nname: ${id}\nplan: ${plan}\n${people(id)}${more}`;
const before: Files = {
  "tenants/defaults.yaml": "region: eu\n",
  "tenants/plans/basic.yaml": "database: { connectionLimit: 10 }\n",
  "tenants/plans/professional.yaml": "{}\n",
  "tenants/plans/enterprise.yaml": "{}\n",
  "tenants/acme.yaml": tenantFile("acme", "basic"),
  "tenants/eu/globex.yaml": tenantFile("globex", "professional"),
  "tenants/retail.yaml": tenantFile(
    "retail",
    "basic",
    "sourceControl: { repositories: [{ name: web, files: [{ path: a.md, source: docs/hello.md }] }] }\n",
  ),
  "tenants/labs.yaml": tenantFile(
    "labs",
    "enterprise",
    "workspaces: { templates: [{ name: docker, folder: test/template }] }\n",
  ),
  "stacks/environments/prod.yaml": "postgres: { host: db }\nkeycloak: { url: https://sso }\n",
  "stacks/environments/stage.yaml": "postgres: { host: other }\nkeycloak: { url: https://sso }\n",
  "stacks/index.ts": "1",
  "components/tenant.ts": "1",
  "providers/serve.ts": "1",
  "migrations/001.sql": "1",
  "invitations/default/body.txt": "1",
  "report/failure.ts": "1",
  "docs/hello.md": "1",
  "test/template/main.tf": "1",
  "test/unit/x.test.ts": "1",
  "cli/main.ts": "1",
  "README.md": "1",
  "package-lock.json": "{}",
};

const change = fc.oneof(
  fc.record({
    path: fc.constantFrom("docs/hello.md", "test/template/main.tf", "test/template/more/x.tf", "cli/main.ts"),
    text: fc.constantFrom("2", "3", undefined),
  }),
  fc.record({
    path: fc.constantFrom(...Object.keys(before).filter((path) => !/\.ya?ml$/.test(path)), "schema/new.ts"),
    text: fc.constantFrom("2", "3", undefined),
  }),
  fc.record({
    path: fc.constantFrom(
      "tenants/plans/basic.yaml",
      "tenants/plans/enterprise.yaml",
      "tenants/defaults.yaml",
    ),
    text: fc.constantFrom("region: us\n", "region: eu\ndatabase: { connectionLimit: 7 }\n", "region: eu\n"),
  }),
  fc.record({
    path: fc.constantFrom("stacks/environments/prod.yaml", "stacks/environments/stage.yaml"),
    text: fc.constantFrom("postgres: { host: db2 }\nkeycloak: { url: https://sso }\n"),
  }),
  fc.record({
    path: fc.constantFrom("tenants/acme.yaml", "tenants/moved/acme.yaml"),
    text: fc.constantFrom(
      tenantFile("acme", "professional"),
      tenantFile("acme", "basic", "status: suspended\n"),
      tenantFile("acme", "basic", "plan: basic\n"),
      undefined,
    ),
  }),
);

/** What a tenant's deployment is made from, written down without the code under test. */
interface Deployment {
  readonly id: string;
  readonly valid: boolean;
  readonly inputs: string;
  readonly candidate: Candidate;
  readonly digest: string | undefined;
}

async function deployments(files: Files): Promise<ReadonlyMap<string, Deployment>> {
  const root = mkdtempSync(join(tmpdir(), "tenantry-select-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { members } = await loadMembers(root);
    const environment = loadEnvironment(root, "prod");
    const program = new ProgramDigest(root).get();
    const code = Object.entries(files).filter(([path]) =>
      /^(stacks\/index|components|providers|schema|migrations|invitations|report|package-lock)/.test(path),
    );
    const all = members.map((member: Member): [string, Deployment] => {
      const tenant = member.loaded?.tenant;
      const named = [...(JSON.stringify(tenant ?? "").match(/docs\/hello.md|test\/template/g) ?? [])];
      const sources = Object.entries(files).filter(([path]) => named.some((each) => path.startsWith(each)));
      const inputs = JSON.stringify([
        tenant ?? member.problems,
        files["stacks/environments/prod.yaml"],
        code,
        sources,
      ]);
      const known =
        tenant &&
        tenantInputs(tenant, {
          root,
          stack: `prod.${member.id}`,
          environment,
          program,
          variables: {},
          secretKey: () => undefined,
          today: "2026-11-21",
        });
      const candidate = candidateOf({ member, inputs: undefined, deployed: undefined, isNew: false });
      return [
        member.id,
        {
          id: member.id,
          valid: tenant !== undefined,
          inputs,
          candidate,
          digest: known && inputsDigest(known),
        },
      ];
    });
    return new Map(all);
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("whatever changes, no tenant is left out whose deployment would differ, by its path or by its digest", async () => {
  const old = await deployments(before);
  expect([...old.values()].map(({ id, valid }) => [id, valid]).sort()).toEqual(
    ["acme", "globex", "labs", "retail"].map((id) => [id, true]),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const after: Record<string, string> = { ...before };
      for (const { path, text } of changes) {
        if (text === undefined) Reflect.deleteProperty(after, path);
        else after[path] = text;
      }
      const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
        (path) => before[path] !== after[path],
      );
      const now = await deployments(after);
      const { chosen, skipped } = select(
        [...now.values()].map((each) => each.candidate),
        { changed },
      );
      const left = new Set(skipped.map(({ tenant }) => tenant));
      for (const { id, inputs, digest } of now.values()) {
        const former = old.get(id);
        const differs = former?.inputs !== inputs;
        if (differs)
          expect({ changed, left: [...left] }).toEqual({ changed, left: expect.not.arrayContaining([id]) });
        if (differs && digest !== undefined)
          expect({ changed, id, digest }).not.toMatchObject({ digest: former?.digest });
      }
      // And who is chosen needn't be: that only costs time. But everyone is one or the other.
      expect(chosen.length + skipped.length).toBe(now.size);
    }),
    { numRuns: 120 },
  );
});

test("nothing that a stack's program imports or reads is said to reach nobody", () => {
  const root = join(import.meta.dirname, "../../..");
  const seen = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(root, file), "utf8");
    for (const [, path = ""] of text.matchAll(
      /(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+\.(?:ts|mjs|js))["']/g,
    ))
      follow(join(dirname(file), path));
  };
  follow("stacks/index.ts");
  follow("providers/provider.ts");
  for (const name of readdirSync(join(root, "toolchain/launchers"))) seen.add(`toolchain/launchers/${name}`);
  expect(seen.size).toBeGreaterThan(80);
  const read = ["Pulumi.yaml", "package.json", "package-lock.json", "workspace-templates/x", "invitations/x"];
  expect([...seen, ...read, "migrations/x"].filter((file) => pathReach(file) !== "code")).toEqual([]);
});
