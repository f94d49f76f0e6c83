import { expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Group } from "../../../providers/coder/group.ts";
import { Organization } from "../../../providers/coder/organization.ts";
import { templateDigest } from "../../../providers/coder/template-folder.ts";
import { Template } from "../../../providers/coder/template.ts";
import { User } from "../../../providers/coder/user.ts";
import { Workspace } from "../../../providers/coder/workspace.ts";
import { provider } from "../../../providers/provider.ts";
import { declare, resolved } from "../components/declaration.ts";

const tenant = "acme";
const folder = "workspace-templates/shell";
const person = { tenant, username: "acme-jane", email: "jane@acme.example", name: "Jane" };

test.each<[type: string, make: () => pulumi.Resource]>([
  ["User", () => new User("it", person)],
  ["Template", () => new Template("it", { tenant, name: "acme-shell", folder, displayName: undefined })],
  [
    "Workspace",
    () => new Workspace("it", { tenant, name: "dev", owner: "acme-jane", template: "t-1", ttl: undefined }),
  ],
  ["Group", () => new Group("it", { tenant, name: "acme-pay", members: ["u-1"], displayName: undefined })],
  ["Organization", () => new Organization("it", { tenant, name: "acme", displayName: undefined })],
])("%s: what it gives without options is what its provider takes", async (type, make) => {
  const { all, inputs } = await declare(make);
  expect(all).toEqual([`coder:${type} it`]);
  const plain = Object.entries(inputs("it")).filter(([key]) => key !== "variables");
  const { failures } = await (await provider(`coder/${type}`)).check({}, Object.fromEntries(plain));
  expect(failures).toEqual([]);
});

test("a template knows its folder's content, and keeps its variables secret", async () => {
  const { component, inputs } = await declare(
    () => new Template("it", { tenant, name: "acme-shell", folder, variables: { region: "eu" } }),
  );
  expect(inputs("it")).toMatchObject({
    content: templateDigest(folder),
    variables: { secret: { region: "eu" } },
  });
  expect(await resolved(component.name)).toBe("acme-shell");
  const later = await declare(
    () => new Template("it", { tenant, name: "acme-shell", folder: pulumi.output(folder) }),
  );
  expect(later.inputs("it")).toMatchObject({ content: templateDigest(folder) });
});

test("a template's missing folder is its constructor's failure", () => {
  expect(() => new Template("it", { tenant, name: "acme-shell", folder: "nowhere" })).toThrow(
    expect.objectContaining({ code: "template-folder", fix: expect.stringContaining("Pulumi.yaml") }),
  );
});

test("a password is a secret", async () => {
  const { options } = await declare((opts) => new User("it", person, opts));
  expect(options("it").additionalSecretOutputs).toContain("password");
});
