import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Entity } from "@backstage/catalog-model";
import { parseAllDocuments } from "yaml";
import { catalog } from "../../../cli/catalog.ts";
import { dangling, refOf, refusal } from "../catalog/backstage.ts";

let root: string;
let out: string;
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const file = (id: string, more = ""): string =>
  `version: 1\nid: ${id}\nname: ${id}\nplan: basic\nregion: eu\n${more}`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-catalog-"));
  out = join(root, "catalog");
  write("stacks/environments/prod.yaml", "postgres: { host: db }\nkeycloak: { url: https://sso.example }\n");
  write("tenants/plans/basic.yaml", "{}");
  write("tenants/retail.yaml", file("retail", "kind: businessUnit\n"));
  write("tenants/acme.yaml", file("acme", "parent: retail\n"));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true });
});

type Run = Partial<Omit<Parameters<typeof catalog>[0], "root">>;

/** Runs the command. Gives its exit code and what it printed. */
async function run(given: Run = {}): Promise<{ code: number; printed: string; errors: string }> {
  const lines: string[] = [];
  const errors: string[] = [];
  const into = (texts: string[]) => (text: string | Uint8Array) => {
    texts.push(String(text));
    return true;
  };
  jest.spyOn(process.stdout, "write").mockImplementation(into(lines));
  jest.spyOn(process.stderr, "write").mockImplementation(into(errors));
  jest.spyOn(console, "log").mockImplementation((text: string) => void lines.push(`${text}\n`));
  try {
    const code = await catalog({ root, named: [], environment: "prod", json: false, ...given });
    return { code, printed: lines.join(""), errors: errors.join("") };
  } finally {
    jest.restoreAllMocks();
  }
}
const entitiesIn = (text: string): Entity[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Entity);
const read = (path: string): string => readFileSync(join(out, path), "utf8");

describe("without a folder", () => {
  test("all tenants are printed, as YAML and as JSON the same, always the same", async () => {
    const { code, printed } = await run();
    expect(code).toBe(0);
    expect(entitiesIn(printed).map(refOf)).toEqual(
      expect.arrayContaining(["domain:default/retail", "system:default/acme", "system:default/retail"]),
    );
    expect((await run()).printed).toBe(printed);
    const json = await run({ json: true });
    expect(JSON.parse(json.printed)).toEqual(entitiesIn(printed));
  });

  test("those that are named, each once, although another one's file is broken", async () => {
    write("tenants/broken.yaml", "id: [");
    const { code, printed } = await run({ named: ["acme", "acme"] });
    expect(code).toBe(0);
    expect(
      entitiesIn(printed)
        .filter(({ kind }) => kind === "System")
        .map(refOf),
    ).toEqual(["system:default/acme"]);
  });

  test("who is marked for destruction isn't in it any more", async () => {
    write("tenants/acme.yaml", file("acme", "status: destroyed\nconfirmDestroy: acme\n"));
    expect((await run()).printed).not.toContain("acme");
  });
});

describe("what is wrong", () => {
  test.each([
    [
      "a mistake, by file and line",
      { "tenants/acme.yaml": file("acme", "plann: x\n") },
      {},
      "tenants/acme.yaml:6:1 plann",
    ],
    [
      "an unknown parent",
      { "tenants/acme.yaml": file("acme", "parent: retial\n") },
      {},
      "tenants/acme.yaml:6:9 parent",
    ],
    ["a tenant that isn't there", {}, { named: ["acne"] }, "did you mean acme?"],
  ])("%s: nothing is printed or written", async (_what, files, given, message) => {
    for (const [path, text] of Object.entries(files)) write(path, text);
    const { code, printed, errors } = await run({ ...given, out });
    expect({ code, printed, written: existsSync(out) }).toEqual({ code: 1, printed: "", written: false });
    expect(errors).toContain(message);
    const json = await run({ ...given, json: true });
    expect(json.code).toBe(1);
    expect(JSON.parse(json.printed)).toMatchObject({
      problems: [{ file: expect.stringMatching(/^tenants\/ac[mn]e\.yaml$/) }],
    });
  });

  test("an environment that isn't there", async () => {
    await expect(run({ environment: "moon" })).rejects.toMatchObject({ code: "environment-unknown" });
    const { code, printed } = await run({ environment: "moon", json: true });
    expect([code, JSON.parse(printed)]).toMatchObject([1, { problems: [{ code: "environment-unknown" }] }]);
  });
});

describe("into a folder", () => {
  test("a file a tenant, and one that leads to them, all as Backstage takes them", async () => {
    const { code, printed } = await run({ out });
    expect(code).toBe(0);
    expect(printed).toBe(
      ["acme", "retail"].map((id) => `wrote ${join(out, "tenants", `${id}.yaml`)}\n`).join("") +
        `wrote ${join(out, "catalog-info.yaml")}\n3 written, 0 removed, 0 unchanged\n`,
    );
    const [location] = entitiesIn(read("catalog-info.yaml"));
    expect(location?.spec).toEqual({
      presence: "optional",
      targets: ["./tenants/acme.yaml", "./tenants/retail.yaml"],
    });
    const all = ["catalog-info.yaml", "tenants/acme.yaml", "tenants/retail.yaml"].flatMap((path) =>
      entitiesIn(read(path)),
    );
    expect((await Promise.all(all.map(refusal))).filter(Boolean)).toEqual([]);
    expect(dangling(all)).toEqual([]);
  });

  test("a second time changes nothing; one tenant's change changes one file", async () => {
    await run({ out });
    expect((await run({ out })).printed).toBe("0 written, 0 removed, 3 unchanged\n");
    write("tenants/acme.yaml", file("acme", "parent: retail\nteams: [{ id: platform }]\n"));
    const { printed } = await run({ out, json: true });
    expect(JSON.parse(printed)).toEqual({
      written: ["tenants/acme.yaml"],
      removed: [],
      unchanged: ["tenants/retail.yaml", "catalog-info.yaml"],
    });
  });

  test("a tenant's entities go with it; what others wrote stays", async () => {
    await run({ out });
    writeFileSync(join(out, "tenants", "by-hand.yaml"), "kind: Component\n");
    writeFileSync(join(out, "README.md"), "hello\n");
    rmSync(join(root, "tenants", "acme.yaml"));
    const { printed } = await run({ out, json: true });
    expect(JSON.parse(printed)).toEqual({
      written: ["catalog-info.yaml"],
      removed: ["tenants/acme.yaml"],
      unchanged: ["tenants/retail.yaml"],
    });
    expect(readdirSync(join(out, "tenants"))).toEqual(["by-hand.yaml", "retail.yaml"]);
    expect(entitiesIn(read("catalog-info.yaml"))[0]?.spec).toMatchObject({
      targets: ["./tenants/retail.yaml"],
    });
  });

  test("where a file can't be understood, nobody's is removed: it may be anyone's", async () => {
    await run({ out });
    write("tenants/retail.yaml", "id: [");
    write("tenants/acme.yaml", file("acme", "teams: [{ id: platform }]\n"));
    const { printed } = await run({ out, named: ["acme"], json: true });
    expect(JSON.parse(printed)).toMatchObject({ written: ["tenants/acme.yaml"], removed: [] });
    expect(read("catalog-info.yaml")).toContain("./tenants/retail.yaml");
  });

  test.each(["catalog-info.yaml", "tenants/acme.yaml"])(
    "%s of somebody else is not overwritten",
    async (path) => {
      mkdirSync(join(out, "tenants"), { recursive: true });
      writeFileSync(join(out, path), "kind: Location\n");
      await expect(run({ out })).rejects.toMatchObject({ code: "file-not-ours" });
      expect(read(path)).toBe("kind: Location\n");
      expect(readdirSync(join(out, "tenants")).filter((name) => name !== "acme.yaml")).toEqual([]);
    },
  );

  test("the folder is the environment's, where it keeps a catalog", async () => {
    write(
      "stacks/environments/prod.yaml",
      "postgres: { host: db }\nkeycloak: { url: https://sso.example }\ngitea: { url: https://git.example }\n" +
        "catalog: { system: gitea, repository: platform/catalog, path: a/b }\n",
    );
    await run({ out });
    expect(readdirSync(join(out, "a/b"))).toEqual(["acme.yaml", "retail.yaml"]);
  });
});
