import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runningPid, start, stop } from "../../../testbed/daemon.ts";
import { Place } from "../../../testbed/place.ts";
import { processStart } from "../../../toolchain/process-table.ts";
import type { Launch } from "../../../testbed/server.ts";

let root: string;
let place: Place;

/** A process that only its second argument tells from other ones. */
const launch = (script: string): Launch => ({
  argv: [process.execPath, "-e", script, join(root, "data")],
  mark: join(root, "data"),
});
const forever = "console.log('up'); setInterval(() => {}, 1000)";
const stubborn = `process.on('SIGTERM', () => console.log('no')); ${forever}`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-daemon-"));
  place = new Place(root, { name: "thing" });
  place.make();
});

afterEach(async () => {
  await stop(place, "SIGKILL");
  rmSync(root, { recursive: true });
});

const logged = async (text: string): Promise<void> => {
  while (!readFileSync(place.log, "utf8").includes(text))
    await new Promise((resolve) => setTimeout(resolve, 10));
};

test("a process is recognised from the moment that it's started until it's stopped", async () => {
  expect(runningPid(place)).toBeUndefined();
  const pid = await start(place, launch(forever));
  expect(runningPid(place)).toBe(pid);
  await logged("up");
  expect(runningPid(place)).toBe(pid);
  expect(await stop(place, "SIGTERM")).toBe(true);
  expect(runningPid(place)).toBeUndefined();
  expect(processStart(pid)).toBeUndefined();
  expect(await stop(place, "SIGTERM")).toBe(false);
});

test("nobody else may read its log and its pid file", async () => {
  await start(place, launch(forever));
  expect([place.log, place.pidFile].map((file) => statSync(file).mode & 0o077)).toEqual([0, 0]);
});

test("a process that has none of our environment's secrets, but its own variables", async () => {
  process.env["TENANTRY_TEST_SECRET"] = "s3cret";
  const show = "console.log('env ' + JSON.stringify(process.env)); setInterval(() => {}, 1000)";
  await start(place, { ...launch(show), env: { OWN: "value" } });
  delete process.env["TENANTRY_TEST_SECRET"];
  await logged("env {");
  expect(readFileSync(place.log, "utf8")).toContain('"OWN":"value"');
  expect(readFileSync(place.log, "utf8")).not.toContain("s3cret");
});

test("a recycled pid is not taken for ours, and never killed", async () => {
  const other = new Place(root, { name: "other" });
  other.make();
  const foreign = await start(other, { argv: ["/bin/sleep", "60"], mark: "/bin/sleep 60" });
  try {
    writeFileSync(place.pidFile, `${foreign} ${join(root, "data")}`);
    expect(runningPid(place)).toBeUndefined();
    expect(await stop(place, "SIGTERM")).toBe(false);
    expect(runningPid(other)).toBe(foreign);
  } finally {
    await stop(other, "SIGTERM");
  }
});

test.each(["", "garbage", "-1 x", "0 x", "12"])("a pid file with %p is nobody's", async (text) => {
  writeFileSync(place.pidFile, text);
  expect(runningPid(place)).toBeUndefined();
  expect(await stop(place, "SIGTERM")).toBe(false);
});

test("a program that isn't there ends at once, and its log says so", async () => {
  await start(place, { argv: ["/no/such/program"], mark: "/no/such/program" });
  await logged("/no/such/program");
  expect(runningPid(place)).toBeUndefined();
});

test("what doesn't end in good order is ended hard", async () => {
  const pid = await start(place, launch(stubborn));
  await logged("up");
  expect(await stop(place, "SIGTERM", 200)).toBe(true);
  expect(readFileSync(place.log, "utf8")).toContain("no");
  expect(processStart(pid)).toBeUndefined();
});
