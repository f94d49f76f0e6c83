import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";

/** A run of Terraform by Coder. */
export const provisionerJob = z.object({ status: z.string(), error: z.string().optional() });

interface HasJob {
  readonly job: z.output<typeof provisionerJob>;
}

const logs = z.array(z.object({ log_level: z.string(), output: z.string() })).nullable();

/** The longest that a job is waited for, in milliseconds. */
const longest = 30 * 60_000;

/** Whether a job still waits or runs. */
export function isActive({ job }: HasJob): boolean {
  return ["pending", "running", "canceling"].includes(job.status);
}

/** Looks until a job is over, well or badly. Throws a {@link Failure} `job-unfinished` after half an hour. */
export async function whenFinished<T extends HasJob>(what: string, look: () => Promise<T>): Promise<T> {
  const until = Date.now() + longest;
  for (let pause = 200; Date.now() < until; pause = Math.min(pause * 1.5, 3_000)) {
    const found = await look();
    if (!isActive(found)) return found;
    await sleep(pause);
  }
  throw new Failure("job-unfinished", `${what} is not finished after half an hour`, {
    system: "Coder",
    fix: "see whether a provisioner runs that takes such jobs, then run it again",
  });
}

/**
 * Why a job failed: its error and the last lines that its log has of errors, in one line of at most 1,000 characters.
 * `path` is that of the log; nothing of `secrets` is in the text.
 */
export async function whyFailed(
  api: ApiClient,
  { job }: HasJob,
  path: string,
  secrets: readonly string[] = [],
): Promise<string> {
  const lines = (await api.get(path, logs)) ?? [];
  const errors = lines.filter(({ log_level }) => log_level === "error").map(({ output }) => output);
  return withoutSecrets([job.error ?? job.status, ...errors.slice(-20)].join(" "), secrets).slice(0, 1_000);
}

/** The text in one line, with an ellipsis for each of the secrets. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  // The longest first: one may be a part of another.
  const values = secrets
    .map(oneLine)
    .filter(Boolean)
    .sort((a, b) => b.length - a.length);
  return values.reduce((rest, value) => rest.replaceAll(value, "…"), oneLine(text));
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
