import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FleetReport, TenantOutcome } from "../../fleet/fleet-report.ts";
import { Gate } from "../support/gate.ts";
import { type Finished, Project } from "../support/project.ts";

/** The life of a fleet. Each test goes on where the one before ended. By hand with 100: TENANTRY_TEST_FLEET=100. */
const size = Number(process.env["TENANTRY_TEST_FLEET"] ?? 6);
jest.setTimeout(Math.max(600_000, size * 20_000));
const ids = Array.from({ length: size }, (_, index) => `fleet-${String(index).padStart(3, "0")}`);
const [first = "", second = "", third = ""] = ids;
const planOf = (index: number): string => (index % 3 === 0 ? "professional" : "basic");
const basic = ids.filter((_, index) => planOf(index) === "basic");

const file = (id: string, people: readonly string[] = ["ann"], more = ""): string => `version: 1
id: ${id}
name: ${id}
plan: ${planOf(ids.indexOf(id))}
region: eu
services: { collaboration: false, sourceControl: false }
invitations: { send: false }
users:
${people.map((name) => `  - { email: ${name}@${id}.example, firstName: A, lastName: B, role: developer }`).join("\n")}
${more}`;
/** Small ones: what a plan would add takes time, and shows nothing here. */
const plans = {
  basic: (limit: number): string => `database: { connectionLimit: ${limit} }\n`,
  professional: "database: { connectionLimit: 50 }\n",
};

let project: Project;
const run = async (...args: string[]): Promise<FleetReport & { exitCode: number }> => {
  const { exitCode, stdout, stderr } = await project.tenantry([...args, "--json"]);
  if (!stdout.startsWith("{"))
    throw new Error(`tenantry ${args.join(" ")} printed no JSON:\n${stdout}\n${stderr}`);
  return { ...(JSON.parse(stdout) as FleetReport), exitCode };
};
const git = (...args: string[]): Buffer =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], {
    cwd: project.root,
  });
const commit = (): void => {
  git("add", "--all", "--force", "tenants");
  git("commit", "--quiet", "--allow-empty", "--message", "more");
};
const namesOf = (report: FleetReport): string[] => report.tenants.map(({ tenant }) => tenant);
const resultsOf = (report: FleetReport): Record<string, string> =>
  Object.fromEntries(report.tenants.map(({ tenant, result }) => [tenant, result]));
const codesOf = ({ problems }: TenantOutcome): string[] => problems.map(({ code }) => code);
const limits = async (): Promise<Record<string, unknown>> => {
  const rows = await project.postgres.rows(
    "postgres",
    "SELECT datname, datconnlimit FROM pg_database WHERE datname LIKE 'fleet-%'",
  );
  return Object.fromEntries(rows.map(({ datname, datconnlimit }) => [String(datname), datconnlimit]));
};
const everyOf = <T>(names: readonly string[], value: T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, value]));

beforeAll(async () => {
  project = new Project("fleet");
  await project.wipe(...new Set([...ids, ...Object.keys(await limits())]));
  git("init", "--quiet");
  project.write(".gitignore", "node_modules\n.tenantry\nstacks/config/Pulumi.local.*.yaml\nrun.log\n");
  project.write("tenants/plans/basic.yaml", plans.basic(10));
  project.write("tenants/plans/professional.yaml", plans.professional);
  for (const id of ids) project.write(`tenants/${id}.yaml`, file(id));
  git("add", ".");
  commit();
});

describe("a fleet's life", () => {
  test("all are onboarded, beside one whose file is broken", async () => {
    project.write("tenants/broken.yaml", "version: 1\nid: broken\nname: Broken\nplan: golden\n");
    const report = await run("up", "--all");
    expect(resultsOf(report)).toEqual({ ...everyOf(ids, "succeeded"), broken: "failed" });
    expect(report.tenants.find(({ tenant }) => tenant === "broken")?.problems).toMatchObject([
      { position: { file: "tenants/broken.yaml", line: 4 } },
    ]);
    expect(report.exitCode).toBe(1);
    rmSync(join(project.root, "tenants/broken.yaml"));
    expect(Object.keys(await limits()).sort()).toEqual(ids);
  });

  test("nothing changed: nobody's engine is started", async () => {
    const report = await run("up", "--all");
    expect(report).toMatchObject({ exitCode: 0, tenants: [], orphans: [] });
    expect(report.skipped.map(({ tenant }) => tenant)).toEqual(ids);
    expect(report.skipped.every(({ reason }) => reason.startsWith("as deployed at "))).toBe(true);
  });

  test("who is forced, or named, is run all the same", async () => {
    expect(namesOf(await run("preview", first, second))).toEqual([first, second]);
    const { tenants, exitCode } = await run("preview", "--all", "--force", "--expect-no-changes");
    expect(tenants.map(({ tenant, changes }) => [tenant, changes])).toEqual(ids.map((id) => [id, []]));
    expect(exitCode).toBe(0);
  });

  test("a change of a plan: all of it is chosen, and why; the preview says once what it does to them", async () => {
    project.write("tenants/plans/basic.yaml", plans.basic(11));
    const report = await run("preview", "--changed-since", "HEAD", "--expect-no-changes");
    expect(report.exitCode).toBe(2);
    expect(namesOf(report)).toEqual(basic);
    for (const { reason } of report.tenants)
      expect(reason).toBe("its plan changed: tenants/plans/basic.yaml");
    expect(report.alike).toMatchObject([
      {
        tenants: [...basic],
        changes: [{ change: "update", name: "<tenant>-database", properties: [{ from: 10, to: 11 }] }],
      },
    ]);
    const { stdout, exitCode } = await project.tenantry(["preview", "--all"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`alters ${basic.length} tenants: ${basic.slice(0, 5).join(", ")}`);
    expect(stdout.match(/connectionLimit: 10 → 11/g)).toHaveLength(1);

    expect(await run("up", "--all")).toMatchObject({ exitCode: 0 });
    expect(await limits()).toMatchObject(everyOf(basic, 11));
    expect(namesOf(await run("up", "--changed-since", "HEAD"))).toEqual([]);
    commit();
  });

  test("a person more touches that tenant alone, and takes no look at what would be deleted", async () => {
    project.write(`tenants/${first}.yaml`, file(first, ["ann", "ben"]));
    const { stderr, exitCode } = await project.tenantry(["up", "--changed-since", "HEAD"]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/up local: 1 tenant\n {2}its file changed: fleet-000/);
    expect(stderr).toMatch(/✓ fleet-000 .*created/);
    expect(stderr).toMatch(/1 changed, \d+ skipped/);
    commit();
  });

  test("a revision that isn't there is said, and nothing is run", async () => {
    const { stderr, stdout, exitCode } = await project.tenantry(["up", "--changed-since", "no-such"]);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toMatch(/git knows no revision no-such/);
  });
});

describe("deleting", () => {
  test("more than the budget stops the whole run before its first change", async () => {
    const crowd = Array.from({ length: 4 }, (_, index) => `person${index}`);
    project.write(`tenants/${second}.yaml`, file(second, crowd));
    expect(await run("up", "--all")).toMatchObject({ exitCode: 0 });
    project.write(`tenants/${second}.yaml`, file(second, ["ann"]));
    project.write(`tenants/${third}.yaml`, file(third, ["ann", "new"]));

    const stopped = await run("up", "--all");
    expect(stopped.exitCode).toBe(1);
    expect(stopped.tenants.map((each) => [each.tenant, each.result, codesOf(each)])).toEqual([
      [second, "failed", ["too-many-deletes"]],
      [third, "failed", ["run-stopped"]],
    ]);
    expect(await project.keycloak.userNames(second)).toEqual(crowd);
    expect(await project.keycloak.userNames(third)).toEqual(["ann"]);

    const needed = /--max-deletes (\d+)/.exec(stopped.tenants[0]?.problems[0]?.fix ?? "")?.[1] ?? "";
    expect(await run("up", "--all", "--max-deletes", String(Number(needed) - 1))).toMatchObject({
      exitCode: 1,
    });
    expect(await run("up", "--all", "--max-deletes", needed)).toMatchObject({ exitCode: 0 });
    expect(await project.keycloak.userNames(second)).toEqual(["ann"]);
    expect(await project.keycloak.userNames(third)).toEqual(["ann", "new"]);
  });

  test("of what is protected, stops it too, whatever the budget", async () => {
    // A realm of another name is another realm.
    const moved = file(second, ["ann"], "identity: { realm: elsewhere }\n");
    project.write(`tenants/${second}.yaml`, moved);
    const stopped = await run("up", "--all", "--max-deletes", "1000");
    expect(stopped.exitCode).toBe(1);
    expect(stopped.tenants.map(codesOf)).toEqual([["protected"]]);
    expect(await project.keycloak.exists(`/realms/${second}`)).toBe(true);
    project.write(`tenants/${second}.yaml`, file(second, ["ann"]));
    expect(await run("up", "--all")).toMatchObject({ exitCode: 0 });
    commit();
  });

  test("a file that vanishes leaves an orphaned stack: told, and left alone", async () => {
    const text = project.read(`tenants/${third}.yaml`);
    rmSync(join(project.root, `tenants/${third}.yaml`));
    const report = await run("up", "--all");
    expect(report).toMatchObject({ exitCode: 0, tenants: [], orphans: [`local.${third}`] });
    expect(await project.keycloak.exists(`/realms/${third}`)).toBe(true);
    const { stdout } = await project.tenantry(["preview", "--all"]);
    expect(stdout).toContain(`1 stack without a tenant's file: local.${third}`);
    project.write(`tenants/${third}.yaml`, text);
    expect(await run("up", "--all")).toMatchObject({ exitCode: 0, orphans: [] });
  });
});

describe("drift", () => {
  const some = [first, second, third];

  test("none: 0", async () => {
    const report = await run("drift", ...some);
    expect(report).toMatchObject({ operation: "drift", exitCode: 0 });
    expect(namesOf(report)).toEqual(some);
  });

  test("what the files say and isn't deployed yet is none: preview shows it", async () => {
    const plan = project.read("tenants/plans/basic.yaml");
    project.write("tenants/plans/basic.yaml", plans.basic(12));
    const report = await run("drift", ...some);
    const preview = await run("preview", ...some);
    project.write("tenants/plans/basic.yaml", plan);
    expect(report).toMatchObject({ exitCode: 0, tenants: some.map(() => ({ changes: [] })) });
    expect(preview.tenants.filter(({ changes }) => changes.length > 0)).toHaveLength(2);
  });

  test("what was changed by hand, found and wanted: 2; nothing is repaired", async () => {
    await project.postgres.rows("postgres", `ALTER DATABASE "${second}" CONNECTION LIMIT 9`);
    const { stdout, exitCode } = await project.tenantry(["drift", ...some]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain(`${second} isn't as its file says:\n  postgresql Database ${second}-database\n`);
    expect(stdout).toContain("connectionLimit: found 9, wanted ");
    expect(stdout).not.toContain(`${first} isn't`);
    expect(await limits()).toMatchObject({ [second]: 9 });
  });

  test("who is in a system and in no file is told: 2; and not removed", async () => {
    const stray = `${third}_eve`;
    await project.postgres.rows("postgres", `CREATE ROLE "${stray}" LOGIN`);
    await project.keycloak.create(`/realms/${third}/users`, { username: "eve", enabled: false });
    try {
      const report = await run("drift", ...some.slice(0, 1), third);
      expect(report.exitCode).toBe(2);
      expect(report.tenants.map(({ strays }) => strays)).toEqual([
        [],
        [`PostgreSQL login ${stray}`, "Keycloak account eve"],
      ]);
      const { stdout } = await project.tenantry(["drift", third]);
      expect(stdout).toContain("Keycloak account eve: there, and in no file");
      expect(await project.keycloak.userNames(third)).toContain("eve");
    } finally {
      await project.postgres.rows("postgres", `DROP ROLE "${stray}"`);
      const [eve] = await project.keycloak.find(third, "eve");
      await project.keycloak.remove(`/realms/${third}/users/${eve ?? ""}`);
    }
    expect(await run("drift", third)).toMatchObject({ exitCode: 0 });
  });

  test("a system that is lost once the tenants were looked at: only who needed it failed", async () => {
    const path = "providers/keycloak/stray-accounts.ts";
    const code = project.read(path);
    const lost = `if (tenant.id === "${second}") throw new Failure("lost", "lost on the way");`;
    const broken = code.replace(/export async function strayAccounts.*\{\n/, `$&${lost}\n`);
    project.write(path, `import { Failure } from "../../report/failure.ts";\n${broken}`);
    const report = await run("drift", ...some);
    project.write(path, code);
    expect(report.exitCode).toBe(1);
    expect(resultsOf(report)).toEqual({ ...everyOf(some, "succeeded"), [second]: "failed" });
    expect(report.tenants.find(({ tenant }) => tenant === second)?.problems).toMatchObject([
      { code: "lost", message: "lost on the way" },
    ]);
  });

  test("what the file says to ignore isn't drift; up repairs it all the same", async () => {
    const ignore = `drift: { ignore: [{ resource: "*-database", attribute: connectionLimit, reason: load test }] }\n`;
    project.write(`tenants/${second}.yaml`, file(second, ["ann"], ignore));
    expect(namesOf(await run("up", "--all"))).toEqual([]);
    const report = await run("drift", second);
    expect(report).toMatchObject({ exitCode: 0, tenants: [{ changes: [], ignored: 1 }] });
    expect(await run("up", second, "--refresh")).toMatchObject({ exitCode: 0 });
    expect(await limits()).toMatchObject({ [second]: 11 });
  });
});

describe("what goes wrong in the middle", () => {
  const environment = ".tenantry/local/environment.yaml";

  /** Waits until some of the fleet's databases have a limit. */
  async function untilLimited(limit: number, count: number, running: Promise<unknown>): Promise<void> {
    const run = { over: false };
    void running.finally(() => (run.over = true));
    while (Object.values(await limits()).filter((each) => each === limit).length < count) {
      if (run.over) throw new Error("the run ended too early");
      await sleep(50);
    }
  }

  test("a server that is stopped: the others go on, the rest fails at once, 3; the next run converges", async () => {
    const original = project.read(environment);
    const port = Number(/port: (\d+)/.exec(original)?.[1]);
    const gate = await Gate.open(port);
    // A gate in front of PostgreSQL can be shut in the middle, without other suites' server being stopped.
    project.write(environment, original.replace(/port: \d+/, `port: ${gate.port}`));
    try {
      expect(await run("up", "--all")).toMatchObject({ exitCode: 0 });
      project.write("tenants/plans/basic.yaml", plans.basic(12));
      const running = run("up", "--all", "--parallel", "2");
      // Two are at work at once: when a third has its limit, one of them is done.
      await untilLimited(12, 3, running);
      gate.shut();
      const report = await running;
      const succeeded = report.tenants.filter(({ result }) => result === "succeeded");
      expect(succeeded.length).toBeGreaterThan(0);
      expect(succeeded.length).toBeLessThan(basic.length);
      for (const each of report.tenants.filter(({ result }) => result === "failed"))
        expect(each.problems.map(({ code, message }) => `${code}: ${message}`)).toContainEqual(
          expect.stringMatching(/^server-unreachable: /),
        );
      expect(report.exitCode).toBe(3);
      const drift = await run("drift", first);
      expect(drift).toMatchObject({ exitCode: 3, tenants: [{ changes: [] }] });
      gate.reopen();
      expect(await run("up", "--all")).toMatchObject({ exitCode: 0 });
      expect(await limits()).toMatchObject(everyOf(basic, 12));
    } finally {
      gate.close();
      project.write(environment, original);
    }
    expect(await run("up", "--all")).toMatchObject({ exitCode: 0 });
  });

  test("kill -9 of the whole run: the next one converges", async () => {
    project.write("tenants/plans/basic.yaml", plans.basic(13));
    const started = project.start(["up", "--all"]);
    const gone = once(started, "exit");
    await untilLimited(13, 1, gone);
    started.kill("SIGKILL");
    for (const pid of project.engines()) kill(pid);
    await gone;
    const report = await run("up", "--all");
    expect(errorsOf(report)).toEqual([]);
    expect(report.exitCode).toBe(0);
    expect(await limits()).toMatchObject(everyOf(basic, 13));
    expect(await run("up", "--all")).toMatchObject({ exitCode: 0, tenants: [] });
  });

  test("Ctrl-C lets those that run end, starts no more, 130; the next run goes on", async () => {
    project.write("tenants/plans/basic.yaml", plans.basic(14));
    const started = project.start(["up", "--all", "--parallel", "1"]);
    const gone = once(started, "exit");
    await untilLimited(14, 1, gone);
    started.kill("SIGINT");
    expect(await gone).toEqual([130, null]);
    const log = project.read("run.log");
    expect(log.match(/letting running operations end/g)).toHaveLength(1);
    expect(log).toMatch(/not finished/);
    expect(Object.values(await limits()).filter((limit) => limit === 14).length).toBeLessThan(basic.length);
    expect(await run("up", "--all")).toMatchObject({ exitCode: 0 });
    expect(await limits()).toMatchObject(everyOf(basic, 14));
  });

  test("two runs at once: who comes second says who is at work; no state is torn", async () => {
    project.write("tenants/plans/basic.yaml", plans.basic(15));
    const both = await Promise.all([run("up", "--all"), run("up", "--all")]);
    for (const report of both) {
      const codes = report.tenants.flatMap(codesOf);
      expect(codes.filter((code) => code !== "stack-locked")).toEqual([]);
      expect(report.exitCode).toBe(codes.length === 0 ? 0 : 1);
    }
    expect(await limits()).toMatchObject(everyOf(basic, 15));
    expect(await run("up", "--all", "--force")).toMatchObject({ exitCode: 0 });
    expect(await run("up", "--all")).toMatchObject({ exitCode: 0, tenants: [] });
  });

  test("what somebody else deployed is seen: nobody is skipped wrongly", async () => {
    const text = project.read(`tenants/${second}.yaml`);
    project.write(`tenants/${second}.yaml`, file(second, ["ann"], "database: { connectionLimit: 77 }\n"));
    const { exitCode }: Finished = await project.pulumi([
      "up",
      "--yes",
      "--skip-preview",
      "-s",
      `local.${second}`,
    ]);
    expect(exitCode).toBe(0);
    project.write(`tenants/${second}.yaml`, text);
    expect(namesOf(await run("up", "--all"))).toEqual([second]);
    expect(await limits()).toMatchObject({ [second]: 15 });
  });
});

test("all of them are destroyed that say so, and nobody else", async () => {
  const going = ids.slice(1);
  for (const id of going)
    project.write(`tenants/${id}.yaml`, file(id, ["ann"], `status: destroyed\nconfirmDestroy: ${id}\n`));
  const preview = await run("preview", "--all");
  expect(preview.exitCode).toBe(0);
  expect(preview.skipped).toContainEqual({
    tenant: second,
    reason: `marked for destruction: npx tenantry destroy ${second}`,
  });
  const report = await run("destroy", "--all");
  expect(errorsOf(report)).toEqual([]);
  expect(report.exitCode).toBe(0);
  expect(report.skipped).toEqual([{ tenant: first, reason: "active, not marked for destruction" }]);
  expect(Object.keys(await limits())).toEqual([first]);
  project.write(
    `tenants/${first}.yaml`,
    file(first, ["ann"], `status: destroyed\nconfirmDestroy: ${first}\n`),
  );
  expect(await run("destroy", "--all")).toMatchObject({ exitCode: 0 });
  expect(await limits()).toEqual({});
});

function errorsOf({ tenants }: FleetReport): unknown[] {
  return tenants.flatMap(({ tenant, problems }) =>
    problems.filter(({ severity }) => severity === "error").map((problem) => ({ tenant, problem })),
  );
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
