import { expect, test } from "@jest/globals";
import { defaultParallelism } from "../../../fleet/parallelism.ts";
import { Preflights } from "../../../fleet/preflights.ts";
import { orphansOf } from "../../../fleet/orphans.ts";
import type { System } from "../../../providers/system.ts";
import { Failure } from "../../../report/failure.ts";
import { outcome, problem } from "./outcomes.ts";

/** Two systems that can be switched off, and how often each was asked. */
function two(): { systems: System[]; asked: string[]; down: Set<string> } {
  const asked: string[] = [];
  const down = new Set<string>();
  const systems = ["PostgreSQL", "Keycloak"].map((title): System => ({
    title,
    package: title.toLowerCase(),
    check: () => {
      asked.push(title);
      return down.has(title)
        ? Promise.reject(new Failure("server-unreachable", "gone", { system: title }))
        : Promise.resolve();
    },
  }));
  return { systems, asked, down };
}
const askAll = (preflights: Preflights): Promise<PromiseSettledResult<void>[]> =>
  Promise.allSettled(preflights.systems.map((system) => system.check({})));

test("each system is asked once a run, also when many ask at once", async () => {
  const { systems, asked } = two();
  const preflights = new Preflights(systems);
  await Promise.all([askAll(preflights), askAll(preflights), askAll(preflights)]);
  expect(asked).toEqual(["PostgreSQL", "Keycloak"]);
});

test("one that is down fails everybody, by one question", async () => {
  const { systems, asked, down } = two();
  down.add("Keycloak");
  const preflights = new Preflights(systems);
  for (let run = 0; run < 3; run += 1)
    expect((await askAll(preflights)).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(asked).toHaveLength(2);
});

test("one that a tenant lost on the way is asked again, and only that one", async () => {
  const { systems, asked, down } = two();
  const preflights = new Preflights(systems);
  await askAll(preflights);
  down.add("Keycloak");
  preflights.learn(outcome("acme", { problems: [problem("role-not-ours", { system: "PostgreSQL" })] }));
  preflights.learn(outcome("acme", { problems: [problem("server-unreachable", { system: "Keycloak" })] }));
  await Promise.resolve();
  expect((await askAll(preflights)).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(asked).toEqual(["PostgreSQL", "Keycloak", "Keycloak"]);
});

test("as many at once as there are cores, less where memory is short, one at least", () => {
  const gigabyte = 2 ** 30;
  expect(defaultParallelism(2, 16 * gigabyte)).toBe(2);
  expect(defaultParallelism(16, 4 * gigabyte)).toBe(8);
  expect(defaultParallelism(8, gigabyte / 10)).toBe(1);
  expect(defaultParallelism()).toBeGreaterThanOrEqual(1);
});

test("a stack is orphaned when its environment has no such tenant; others' stacks are nobody's business here", () => {
  const stacks = ["prod.gone", "prod.acme", "stage.gone", "prod", "production.acme"];
  expect(orphansOf(stacks, { environment: "prod", tenants: ["acme", "new"] })).toEqual(["prod.gone"]);
});
