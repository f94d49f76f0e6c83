import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { cacheFolder } from "../../../toolchain/cache-folder.mjs";

test.each([
  ["set", { XDG_CACHE_HOME: "/var/cache/me" }, "/var/cache/me/tenantry"],
  ["not set", {}, join(homedir(), ".cache", "tenantry")],
  ["empty", { XDG_CACHE_HOME: "" }, join(homedir(), ".cache", "tenantry")],
  [
    "relative, which the XDG specification has ignored",
    { XDG_CACHE_HOME: "cache" },
    join(homedir(), ".cache", "tenantry"),
  ],
])("XDG_CACHE_HOME %s", (_name, environment, expected) => {
  expect(cacheFolder(environment)).toBe(expected);
});
