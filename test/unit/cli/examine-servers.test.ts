import { expect, test } from "@jest/globals";
import { examineServers } from "../../../cli/doctor/examine-servers.ts";
import { servers } from "../../../testbed/servers.ts";
import { TemporaryFolder } from "../toolchain/temporary-folder.ts";

test("doctor names every server: those that must run, and those that can be added", async () => {
  using project = new TemporaryFolder();
  const findings = await examineServers(project.path);
  expect(findings.map(({ title }) => title)).toEqual(servers.map(({ title }) => title));
  expect(findings.find(({ title }) => title === "Keycloak")).toEqual({
    title: "Keycloak",
    ok: false,
    detail: "not running",
    fix: "npx tenantry local up",
  });
  expect(findings.find(({ title }) => title === "Mattermost")).toEqual({
    title: "Mattermost",
    ok: true,
    unused: true,
    detail: "not in this environment; add it with: npx tenantry local up --with mattermost",
  });
});
