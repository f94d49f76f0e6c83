import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { stackKnowledge } from "../../../../fleet/overview/stack-knowledge.ts";
import { StateFolder } from "../../../../fleet/state-folder.ts";

let folder: string;
let states: StateFolder;
const context = { root: "/", environment: {} };
const read = (): ReturnType<typeof stackKnowledge> => stackKnowledge("prod.acme", states, context);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-states-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: tenantry\n");
  const found = StateFolder.of(folder, { PULUMI_BACKEND_URL: pathToFileURL(folder).href });
  if (found === undefined) throw new Error("no state folder");
  states = found;
});
afterEach(() => rmSync(folder, { recursive: true }));

const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:abc",
};
const state = {
  version: 3,
  checkpoint: {
    latest: {
      resources: [
        {
          type: "pulumi:pulumi:Stack",
          outputs: { database: { host: "db", password: secret }, hook: secret, list: [secret] },
        },
        { type: "pulumi:providers:keycloak" },
        { type: "keycloak:index/realm:Realm", outputs: { secret } },
      ],
    },
  },
};
function write(path: string, content: string | Buffer): void {
  const file = join(folder, ".pulumi", path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, content);
}
const note = (time: number, more: object): void =>
  write(
    `history/tenantry/prod.acme/prod.acme-${time}000000000.history.json`,
    JSON.stringify({
      kind: "update",
      result: "succeeded",
      endTime: time,
      resourceChanges: { same: 3 },
      ...more,
    }),
  );

test("no stack: nothing is known", async () => {
  expect(await read()).toBeUndefined();
});

test.each<[string, (text: string) => string | Buffer]>([
  ["json", (text) => text],
  ["json.gz", gzipSync],
  ["json.zst", zstdCompressSync],
])("outputs without secrets and how many resources there are, from %s", async (extension, pack) => {
  write(`stacks/tenantry/prod.acme.${extension}`, pack(JSON.stringify(state)));
  expect(await read()).toEqual({
    outputs: { database: { host: "db", password: "(secret)" }, hook: "(secret)", list: ["(secret)"] },
    resources: 1,
    cutOff: false,
    lastUpdate: undefined,
    lastChange: undefined,
  });
});

test("the last run, and the last that changed anything", async () => {
  write("stacks/tenantry/prod.acme.json", JSON.stringify(state));
  note(1795261277, { resourceChanges: { same: 1, create: 2, delete: 0 } });
  note(1795261296, { resourceChanges: { same: 3, create: 4, delete: 1 } });
  note(1795261300, { result: "failed" });
  write("history/tenantry/prod.acme/prod.acme-1795261301000000000.checkpoint.json", "{}");
  expect(await read()).toMatchObject({
    lastUpdate: { succeeded: false, at: "2026-11-21T11:41:40.000Z", changes: {} },
    lastChange: { succeeded: true, at: "2026-11-21T11:41:36.000Z", changes: { create: 4, delete: 1 } },
  });
});

test("a run that was cut off, and a stack of nothing", async () => {
  const latest = { resources: null, pending_operations: [{}] };
  write("stacks/tenantry/prod.acme.json", JSON.stringify({ checkpoint: { latest } }));
  expect(await read()).toMatchObject({ cutOff: true, resources: 0, outputs: {} });
  write("stacks/tenantry/prod.acme.json", JSON.stringify({ checkpoint: {} }));
  expect(await read()).toBeUndefined();
});
