import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import type { Implementation } from "../../../providers/implementation.ts";
import { serve, unknownValue } from "../../../providers/serve.ts";
import { Failure } from "../../../report/failure.ts";

const inputs = z.strictObject({
  name: z.string().min(1),
  size: z.int().default(1),
  tags: z.record(z.string(), z.int().positive()).default({}),
});
const outputs = inputs.extend({ made: z.string() });
type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

const failure = new Failure("thing-broken", "it broke", { system: "Things", fix: "mend it" });
const implementation: Implementation<Inputs, Outputs> = {
  inputs,
  outputs,
  replaceOn: ["name"],
  check: (olds, { size }) =>
    Number(olds["size"]) > size ? [{ property: "size", reason: "can't shrink" }] : [],
  create: (news) => Promise.resolve({ id: news.name, outputs: { ...news, made: "once" } }),
  read: (_id, state) => Promise.resolve(state.size === 0 ? undefined : { ...state, size: 7 }),
  update: (_id, { made }, news) => Promise.resolve({ ...news, made }),
  delete: () => Promise.reject(failure),
};
const provider = serve(implementation);
const state = { __provider: "stub", name: "a", size: 1, tags: {}, made: "once" };

describe("check", () => {
  test("fills in defaults and leaves the stub out", async () => {
    expect(await provider.check({}, { __provider: "stub", name: "a" })).toEqual({
      inputs: { name: "a", size: 1, tags: {} },
      failures: [],
    });
  });

  test("reports every problem with its path", async () => {
    const { failures } = await provider.check({}, { name: "", size: 1.5, tags: { a: -1 }, more: true });
    expect(failures.map(({ property }) => property)).toEqual(["name", "size", "", ""]);
    expect(failures[2]?.reason).toMatch(/^tags\.a: /);
  });

  test("names no property that holds others: the engine would print them, secrets too", async () => {
    const { failures } = await provider.check({}, { name: "a", tags: [1] });
    expect(failures).toEqual([{ property: "", reason: expect.stringMatching(/^tags: /) }]);
  });

  test("runs the implementation's own rules on valid inputs, with the old ones", async () => {
    expect(await provider.check({ size: 5 }, { name: "a", size: 2 })).toMatchObject({
      failures: [{ property: "size", reason: "can't shrink" }],
    });
  });

  test("lets what a preview doesn't know yet pass, anywhere, and nothing else", async () => {
    const news = { name: "a", size: unknownValue, tags: { a: unknownValue } };
    expect(await provider.check({}, news)).toEqual({ inputs: news, failures: [] });
    expect(await provider.check({}, { name: "a", tags: unknownValue })).toMatchObject({ failures: [] });
    const { failures } = await provider.check({}, { ...news, name: "" });
    expect(failures.map(({ property }) => property)).toEqual(["name"]);
  });
});

describe("diff", () => {
  test.each<[string, Record<string, unknown>, boolean, string[]]>([
    ["nothing", {}, false, []],
    ["an input", { size: 2 }, true, []],
    ["an input that means another resource", { name: "b" }, true, ["name"]],
    ["something inside", { tags: { a: 1 } }, true, []],
    ["what isn't known yet", { size: unknownValue }, true, []],
    ["a name that isn't known yet", { name: unknownValue }, true, []],
    ["an output", { made: "twice" }, false, []],
    ["an input that is gone", { size: undefined }, true, []],
    ["the stub", { __provider: "other" }, true, []],
  ])("of %s", async (_what, change, changes, replaces) => {
    expect(await provider.diff("a", state, { ...state, ...change })).toEqual({
      changes,
      replaces,
      deleteBeforeReplace: true,
    });
  });

  test("is the implementation's own where it has one, for what can be read", async () => {
    const particular = serve({
      ...implementation,
      differs: (olds, news) => olds.made === "never" || news.size > 5,
    });
    const changes = async (olds: object, news: object): Promise<boolean> =>
      (await particular.diff("a", { ...state, ...olds }, { name: "a", tags: {}, ...news })).changes;
    expect(await changes({}, { size: 5, __provider: "stub" })).toBe(false);
    expect(await changes({}, { size: 6, __provider: "stub" })).toBe(true);
    expect(await changes({ made: "never" }, { __provider: "stub" })).toBe(true);
    expect(await changes({}, { size: unknownValue, __provider: "stub" })).toBe(true);
    expect(await changes({}, { size: 5, __provider: "other" })).toBe(true);
  });

  test("doesn't mind the order of keys", async () => {
    const olds = { ...state, tags: { a: 1, b: 2 } };
    expect(await provider.diff("a", olds, { ...olds, tags: { b: 2, a: 1 } })).toMatchObject({
      changes: false,
    });
  });
});

describe("the rest", () => {
  test("create and update give all outputs", async () => {
    const { made, ...news } = state;
    expect(await provider.create(news)).toEqual({ id: "a", outs: { name: "a", size: 1, tags: {}, made } });
    expect(await provider.update("a", state, { ...news, size: 2 })).toEqual({
      outs: { name: "a", size: 2, tags: {}, made },
    });
  });

  test("read gives inputs as they really are, or nothing when it is gone", async () => {
    expect(await provider.read("a", state)).toEqual({
      id: "a",
      props: { name: "a", size: 7, tags: {}, made: "once" },
      inputs: { name: "a", size: 7, tags: {} },
    });
    expect(await provider.read("a", { ...state, size: 0 })).toEqual({});
  });

  test("a failure travels as one line without a stack, a bug as it is", async () => {
    await expect(provider.delete("a", state)).rejects.toMatchObject({
      message: "Things: it broke Fix: mend it [thing-broken]",
      stack: "Things: it broke Fix: mend it [thing-broken]",
    });
    await expect(provider.create({ size: 1 })).rejects.toBeInstanceOf(z.ZodError);
  });
});
