import { existsSync, readFileSync, readdirSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { cliRelease, pluginRelease, unpackRelease } from "../../../toolchain/official.ts";
import { serveFiles } from "./file-server.ts";
import { publish } from "./release-archive.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const release = pluginRelease("keycloak", "6.13.0");

test("releases are named as Pulumi publishes them", () => {
  const cpu = { x64: "amd64" }[process.arch as string] ?? process.arch;
  expect(release).toEqual({
    folder: "pulumi-keycloak/releases/download/v6.13.0/",
    archive: `pulumi-resource-keycloak-v6.13.0-${process.platform}-${cpu}.tar.gz`,
    checksums: "pulumi-keycloak_6.13.0_checksums.txt",
  });
  expect(cliRelease("3.258.0")).toEqual({
    folder: "pulumi/releases/download/v3.258.0/",
    archive: `pulumi-v3.258.0-${process.platform}-${process.arch}.tar.gz`,
    checksums: "pulumi-3.258.0-checksums.txt",
  });
});

test("a release is unpacked, and its archive removed", async () => {
  using folder = new TemporaryFolder();
  await using server = await serveFiles(publish(release, { "pulumi-resource-keycloak": "program" }));
  await unpackRelease(release, folder.path, undefined, { from: server.url });
  expect(readFileSync(folder.join("pulumi-resource-keycloak"), "utf8")).toBe("program");
  expect(existsSync(folder.join(release.archive))).toBe(false);
});

test("an archive that is not the publisher's is never unpacked", async () => {
  using folder = new TemporaryFolder();
  await using server = await serveFiles(publish(release, { program: "changed" }, () => "a".repeat(64)));
  await expect(unpackRelease(release, folder.path, undefined, { from: server.url })).rejects.toMatchObject({
    code: "wrong-checksum",
  });
  expect(readdirSync(folder.path)).toEqual([release.archive]);
});

test("an archive without a checksum is not even asked for", async () => {
  using folder = new TemporaryFolder();
  const { [`/${release.folder}${release.archive}`]: archive = "" } = publish(release, { program: "x" });
  await using server = await serveFiles({
    [`/${release.folder}${release.archive}`]: archive,
    [`/${release.folder}${release.checksums}`]: "<html>Please sign in to this network</html>",
  });
  await expect(unpackRelease(release, folder.path, undefined, { from: server.url })).rejects.toMatchObject({
    code: "not-offered",
  });
  expect(server.asked).toEqual([`/${release.folder}${release.checksums}`]);
});
