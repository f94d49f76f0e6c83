import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { clearInterval, setInterval } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Brings node_modules to what package-lock.json says, by `npm ci`, unless it is there already. Of two that start at
 * once the second waits. Ends the process with exit code 2 when npm fails.
 *
 * @param {string} root the project's folder
 */
export async function installPackages(root) {
  if (isInstalled(root)) return;
  mkdirSync(join(root, ".tenantry"), { recursive: true });
  const lock = join(root, ".tenantry", "npm-ci.lock");
  await acquire(lock);
  let problem;
  try {
    if (!isInstalled(root)) problem = await npmCi(root);
  } finally {
    rmSync(lock, { force: true });
  }
  if (problem === undefined) return;
  console.error(`${problem}\nerror: npm ci failed\n  fix: mend what npm says above and run this again`);
  process.exit(2);
}

/**
 * Whether node_modules holds what package-lock.json says. A stamp answers quickly; without it npm's own record of what
 * it installed does.
 *
 * @param {string} root
 */
function isInstalled(root) {
  const wanted = readFileSync(join(root, "package-lock.json"));
  const hash = createHash("sha256").update(wanted).digest("hex");
  const stamp = join(root, "node_modules", ".tenantry-stamp");
  if (read(stamp) === hash) return true;
  const record = read(join(root, "node_modules", ".package-lock.json"));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  for (const [path, { version, optional }] of Object.entries(JSON.parse(wanted.toString()).packages)) {
    // Optional packages are left out where they don't fit the platform.
    const there = installed[path];
    if (path !== "" && (there ? there.version !== version : !optional)) return false;
  }
  writeFileSync(stamp, hash);
  return true;
}

/**
 * Gives what npm said when it failed.
 *
 * @param {string} root
 */
async function npmCi(root) {
  const started = Date.now();
  const live = process.stderr.isTTY;
  const line = (mark) => `  ${mark} Installing npm packages  ${Math.round((Date.now() - started) / 1000)} s`;
  const draw = () => process.stderr.write(live ? `\r\x1b[K${line("…")}` : `${line("…")}\n`);
  draw();
  const timer = setInterval(draw, live ? 200 : 10_000);
  // npm removes node_modules first, and with it the Node that may be first on PATH.
  const path = process.env.PATH.split(delimiter).filter(
    (folder) => folder !== join(root, "node_modules", ".bin"),
  );
  const child = spawn("npm", ["ci", "--ignore-scripts", "--loglevel=error"], {
    cwd: root,
    env: { ...process.env, PATH: path.join(delimiter) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const code = await new Promise((resolve) => {
    child.on("error", (error) => {
      said += error.message;
      resolve(1);
    });
    child.on("close", resolve);
  });
  clearInterval(timer);
  process.stderr.write(`${live ? "\r\x1b[K" : ""}${line(code === 0 ? "✓" : "✗")}\n`);
  return code === 0 && isInstalled(root) ? undefined : said.trim();
}

/**
 * Makes a lock file that names this process. The lock of a dead process is taken over.
 *
 * @param {string} lock
 */
async function acquire(lock) {
  for (let told = false; !claim(lock);) {
    const owner = read(lock);
    if (owner === undefined) continue;
    if (isAlive(Number(owner))) {
      if (!told)
        process.stderr.write(`  … Process ${owner} is installing the npm packages, waiting for it\n`);
      told = true;
      await sleep(200);
      continue;
    }
    // Only one can move a file away. Who moved a lock that was made in between puts it back.
    const moved = `${lock}.${process.pid}.dead`;
    try {
      renameSync(lock, moved);
      if (read(moved) !== owner) linkSync(moved, lock);
      rmSync(moved);
    } catch {
      // Somebody else was quicker.
    }
  }
}

/** @param {string} lock */
function claim(lock) {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    // Made with its content in one step: nobody ever reads an empty lock.
    linkSync(mine, lock);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(mine);
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
