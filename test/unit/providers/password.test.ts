import { expect, test } from "@jest/globals";
import { implementation } from "../../../providers/tenantry/password-implementation.ts";
import { generatePassword } from "../../../providers/tenantry/generate-password.ts";
import { serve } from "../../../providers/serve.ts";

test("generated passwords have one of each class, start with a letter, and never repeat", () => {
  const passwords = Array.from({ length: 2000 }, () => generatePassword(12));
  for (const password of passwords) {
    expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[-_.])[A-Za-z][A-Za-z0-9._-]{11}$/);
    expect(encodeURIComponent(password)).toBe(password);
  }
  expect(new Set(passwords).size).toBe(passwords.length);
});

test("it changes when rotation does, and only then", async () => {
  const provider = serve(implementation);
  const { inputs } = await provider.check({}, {});
  expect(inputs).toEqual({ length: 24 });
  const { id, outs } = await provider.create(inputs);
  expect(String(outs["password"])).toHaveLength(24);
  expect(await provider.read(id, outs)).toMatchObject({ id, props: outs });
  expect(await provider.diff(id, outs, inputs)).toMatchObject({ changes: false });

  const longer = { length: 40 };
  expect(await provider.diff(id, outs, longer)).toMatchObject({ changes: true, replaces: [] });
  const same = (await provider.update(id, outs, longer)).outs;
  expect(same["password"]).toBe(outs["password"]);

  const rotated = (await provider.update(id, same, { ...longer, rotation: "2026-12" })).outs;
  expect(String(rotated["password"])).toHaveLength(40);
  expect((await provider.update(id, rotated, { ...longer, rotation: "2026-12" })).outs).toEqual(rotated);
  const removed = (await provider.update(id, rotated, longer)).outs;
  expect(removed).toEqual({ ...longer, password: rotated["password"] });
});

test.each([{ length: 4 }, { length: 1000 }, { rotation: 1 }])("%o is refused", async (inputs) => {
  expect((await serve(implementation).check({}, inputs)).failures).toHaveLength(1);
});
