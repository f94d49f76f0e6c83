import { resolve } from "node:path";
import { defaultThreshold } from "../discovery/confidence.ts";
import { discoverUnits, type DiscoveryReport } from "../discovery/discover-units.ts";
import { Failure } from "../report/failure.ts";
import { silent, StreamProgress } from "../report/progress.ts";
import { onlineEnvironment } from "./online-environment.ts";
import { discoveryJson } from "./discovery-json.ts";
import { printDiscovery } from "./print-discovery.ts";
import { printFailure } from "./print-failure.ts";
import { root } from "./project-root.ts";

interface Discovery {
  readonly githubOrg: string;
  readonly tfcOrg?: string | undefined;
  readonly out: string;
  readonly threshold?: number | undefined;
  readonly environment?: string | undefined;
  readonly json: boolean;
}

/** Discovers, writes drafts, and says what it found. Gives the exit code. */
export async function discover({
  githubOrg,
  tfcOrg,
  out,
  environment,
  json,
  ...rest
}: Discovery): Promise<number> {
  const threshold = rest.threshold ?? defaultThreshold;
  // Nothing is written before all was read, and then at once: a signal never comes between.
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  let report: DiscoveryReport;
  try {
    report = await discoverUnits({
      github: githubOrg,
      terraformCloud: tfcOrg,
      environment: environment === undefined ? process.env : onlineEnvironment(root, environment),
      root,
      out: resolve(out),
      threshold,
      progress: json ? silent : new StreamProgress(),
    });
  } catch (error) {
    const code = printFailure(error);
    return error instanceof Failure && error.code === "server-unreachable" ? 3 : code;
  }
  if (json) console.log(JSON.stringify(discoveryJson(report), null, 2));
  else printDiscovery(report);
  return report.unread.length === 0 && report.units.every(({ state }) => state !== "invalid") ? 0 : 1;
}

function interrupted(): void {
  console.error("Interrupted: nothing was written.");
  process.exit(130);
}
