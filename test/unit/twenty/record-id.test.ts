import { expect, test } from "@jest/globals";
import { isOurs, newRecordId } from "../../../providers/twenty/record-id.ts";

test("ids are random UUIDs that tell whose they are", () => {
  const ids = Array.from({ length: 200 }, () => newRecordId("acme"));
  expect(new Set(ids).size).toBe(200);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([isOurs(id, "acme"), isOurs(id.toUpperCase(), "acme"), isOurs(id, "acme-eu")]).toEqual([
      true,
      true,
      false,
    ]);
  }
});

// States and records hold what this version makes: it must stay.
test("a tenant's mark is always the same", () => {
  expect(newRecordId("acme").slice(0, 13)).toBe("58d417d2-0a36");
});
