import { Failure } from "../report/failure.ts";

/**
 * A failure as the one line that travels through the engine as a resource's error:
 * `PostgreSQL: <message> Fix: <fix> [code]`.
 */
export function failureText(failure: Failure): string {
  const fix = failure.fix === undefined ? "" : ` Fix: ${failure.fix}`;
  return `${failure.system ?? "Tenantry"}: ${failure.message}${fix} [${failure.code}]`.replaceAll(
    /\s*\n\s*/g,
    " ",
  );
}

const line =
  /(?:^|[\s:])(?<system>[A-Z]\w*(?: [A-Z]\w*)*): (?<message>(?:(?! Fix: ).)+?)(?: Fix: (?<fix>.+?))? \[(?<code>[a-z][a-z0-9]*(?:-[a-z0-9]+)+)\]/;

/** Finds a failure that {@link failureText} wrote in the engine's output; `undefined` when there is none. */
export function parseFailureText(text: string): Failure | undefined {
  const { system, message, fix, code } = line.exec(text)?.groups ?? {};
  if (system === undefined || message === undefined || code === undefined) return undefined;
  return new Failure(code, message, { system, ...(fix !== undefined && { fix }) });
}
