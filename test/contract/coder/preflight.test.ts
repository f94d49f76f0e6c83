import { afterAll, describe, expect, test } from "@jest/globals";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { requireCoderFeature } from "../../../providers/coder/feature.ts";
import { configure as configureGroup } from "../../../providers/coder/group-implementation.ts";
import { configure as configureOrganization } from "../../../providers/coder/organization-implementation.ts";
import { checkCoder } from "../../../providers/coder/preflight.ts";
import { coderUrl } from "../../../providers/coder/server.ts";
import { configure as configureUser } from "../../../providers/coder/user-implementation.ts";
import { environment, signIn, unique, wipeAccounts } from "../../support/coder-probe.ts";

const run = unique("pre");
afterAll(() => wipeAccounts(run));

describe("preflight", () => {
  test("passes with an owner's token, with a slash at the address's end too", async () => {
    await checkCoder(environment());
    await checkCoder(environment(`${coderUrl(process.env)}/`));
  });

  test.each<[what: string, changes: Record<string, string | undefined>, code: string]>([
    ["a wrong token", { CODER_SESSION_TOKEN: "wrong-token-1" }, "wrong-token"],
    ["no token", { CODER_SESSION_TOKEN: undefined }, "credentials-missing"],
    ["no address", { CODER_URL: undefined }, "credentials-missing"],
    ["no address but a name", { CODER_URL: "coder.example.com" }, "credentials-missing"],
    ["nobody there", { CODER_URL: "http://127.0.0.1:9" }, "server-unreachable"],
    ["another path", { CODER_URL: `${coderUrl(process.env)}/elsewhere` }, "not-coder"],
  ])("%s", async (_what, changes, code) => {
    const failure = await checkCoder({ ...environment(), ...changes }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code, system: "Coder", fix: expect.anything() });
    expect(JSON.stringify(failure)).not.toContain("wrong-token-1");
  });

  test("something else answers", async () => {
    const server = createServer((_request, response) => response.end("<html>hello</html>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const check = checkCoder(environment(`http://127.0.0.1:${port}`));
    await expect(check).rejects.toMatchObject({ code: "not-coder" });
    server.close();
  });

  test.each([
    ["a member's token", [], /create accounts.*create templates.*create workspaces for others.*give roles/],
    [
      "a template and user administrator's",
      ["template-admin", "user-admin"],
      /create workspaces for others$/,
    ],
  ])("%s may not do enough", async (_what, roles, message) => {
    const user = configureUser(environment());
    const username = unique(run).slice(0, 32);
    const person = { tenant: run, username, email: `${username}@example.com`, name: "Jane", roles };
    const { outputs } = await user.create(user.inputs.parse(person));
    const session = await signIn(person.email, outputs.password);
    await expect(checkCoder({ ...environment(), CODER_SESSION_TOKEN: session })).rejects.toMatchObject({
      code: "missing-privilege",
      message: expect.stringMatching(message),
      fix: expect.stringContaining("owner"),
    });
  });
});

describe("what the open build doesn't have", () => {
  test.each(["groups", "organizations"] as const)("%s are refused at preview", async (feature) => {
    await expect(requireCoderFeature(environment(), feature)).rejects.toMatchObject({
      code: "capability-missing",
      message: expect.stringContaining(feature),
      fix: expect.stringContaining("Premium licence"),
    });
  });

  test("a group and an organization are refused, and never were there", async () => {
    const group = configureGroup(environment());
    const inputs = group.inputs.parse({ tenant: run, name: run, members: [] });
    await expect(group.create(inputs)).rejects.toMatchObject({ code: "capability-missing" });
    const id = "00000000-0000-4000-8000-000000000000";
    expect(await group.read(id, inputs)).toBeUndefined();
    await group.delete(id, inputs);
    const organization = configureOrganization(environment());
    const own = organization.inputs.parse({ tenant: run, name: run });
    await expect(organization.create(own)).rejects.toMatchObject({ code: "capability-missing" });
    expect(await organization.read(id, own)).toBeUndefined();
    await organization.delete(id, own);
  });
});
