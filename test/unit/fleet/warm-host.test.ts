import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { WarmHost } from "../../../fleet/warm-host.ts";

let root: string;
let host: WarmHost;
/** Says its pid for its port, so that one can see which process it is. */
const sayingPid =
  "console.log(process.pid + ' pulumi-nodejs:1,keycloak:2'); process.stdin.resume().once('close', () => process.exit(0));";
const script = (code: string): void =>
  writeFileSync(join(root, "toolchain", "launchers", "warm-host.ts"), code);
const attach = async (): Promise<number | undefined> => {
  const attached = await host.attach(root, process.env);
  const port = /^nodejs:(\d+)$/.exec(attached?.variables["PULUMI_DEBUG_LANGUAGES"] ?? "")?.[1];
  return port === undefined ? undefined : Number(port);
};
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-test-"));
  mkdirSync(join(root, "toolchain", "launchers"), { recursive: true });
  host = new WarmHost();
});

afterEach(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

test("all engines of a run have the same one, which ends with the run", async () => {
  script(sayingPid);
  const [first, second] = await Promise.all([attach(), attach()]);
  expect(first).toEqual(expect.any(Number));
  expect(second).toBe(first);
  expect((await host.attach(root, process.env))?.variables).toEqual({
    PULUMI_DEBUG_LANGUAGES: `nodejs:${first}`,
    PULUMI_DEBUG_PROVIDERS: "pulumi-nodejs:1,keycloak:2",
  });
  await host.close();
  expect(isAlive(first ?? 0)).toBe(false);
});

test("one that died is followed by another", async () => {
  script(sayingPid);
  const first = (await attach()) ?? 0;
  const lifeline = (await host.attach(root, process.env))?.lifeline;
  process.kill(first, "SIGKILL");
  if (lifeline?.destroyed === false) await once(lifeline, "close");
  for (let tries = 0; (await attach()) === first && tries < 100; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const second = (await attach()) ?? 0;
  expect(second).not.toBe(first);
  expect(isAlive(second)).toBe(true);
});

test.each([
  ["ends at once", "process.exit(1);"],
  ["says something else", "console.log('listening'); process.stdin.resume();"],
])("one that %s can't be had: engines start their own", async (_what, code) => {
  script(code);
  expect(await attach()).toBeUndefined();
});

test("it outlives the run as long as an engine that was given the lifeline lives", async () => {
  script(
    `${sayingPid} process.once('exit', () => require('node:fs').writeFileSync(${JSON.stringify(join(root, "ended"))}, ''));`,
  );
  const pid = (await attach()) ?? 0;
  const attached = await host.attach(root, process.env);
  // It reads its second input, not the lifeline, and ends when that does.
  const engine = spawn(
    process.execPath,
    ["-e", "require('node:fs').createReadStream(null, { fd: 3 }).resume()"],
    {
      stdio: [attached?.lifeline ?? "ignore", "pipe", "ignore", "pipe"],
    },
  );
  const closed = host.close();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isAlive(pid)).toBe(true);
  engine.kill("SIGKILL");
  await closed;
  expect(isAlive(pid)).toBe(false);
  if (engine.stdout) await text(engine.stdout);
});
