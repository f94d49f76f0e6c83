import { dirname } from "node:path";
import { expect, test } from "@jest/globals";
import { loadMember, loadMembers } from "../../../fleet/load-members.ts";
import { tenantsFolder } from "../schema/tenants-folder.ts";

const file = (id: string, more = ""): string =>
  `version: 1\nid: ${id}\nname: ${id}\nplan: basic\nregion: eu\n${more}`;

test("a mistake keeps those from running that have a part in it, and no others", async () => {
  const root = dirname(
    tenantsFolder({
      "acme.yaml": file("acme"),
      "broken.yaml": file("broken", "plann: x\n"),
      "first.yaml": file("first", "domains: [shared.example]\n"),
      "second.yaml": file("second", "domains: [shared.example]\n"),
      "twin-a.yaml": file("twin"),
      "twin-b.yaml": file("twin"),
      "nonsense.yaml": "- 1\n",
      "large.yaml": file("large").replace("basic", "enterprise"),
      "plans/enterprise.yaml": "nonsense: true\n",
    }),
  );
  const { members, problems } = await loadMembers(root);
  expect(problems).toEqual([]);
  expect(members.map(({ id, loaded }) => [id, loaded !== undefined])).toEqual([
    ["acme", true],
    ["broken", false],
    ["first", false],
    ["large", false],
    ["tenants/nonsense.yaml", false],
    ["second", false],
    ["twin", false],
    ["tenants/twin-b.yaml", false],
  ]);
  expect(members.every(({ loaded, problems: own }) => (loaded === undefined) === own.length > 0)).toBe(true);
});

test("one by its id, and one that isn't there", () => {
  const root = dirname(tenantsFolder({ "acme.yaml": file("acme") }));
  expect(loadMember(root, "acme")).toMatchObject({ id: "acme", file: "tenants/acme.yaml", problems: [] });
  expect(loadMember(root, "acne")).toMatchObject({
    id: "acne",
    loaded: undefined,
    problems: [{ code: "tenant-not-found", suggestion: "acme" }],
  });
});
