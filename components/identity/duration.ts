import { seconds } from "../../schema/duration.ts";

/** The number of seconds in a duration such as `30s`, `15m`, `10h` or `7d`. Throws a RangeError for anything else. */
export function durationInSeconds(text: string): number {
  const total = seconds(text);
  if (total === undefined) throw new RangeError(`${text} is not a duration such as 15m`);
  return total;
}

/** A duration as the Keycloak plugin writes it (`30m` is `30m0s`, `7d` is `168h0m0s`), so that nothing seems changed. */
export function pluginDuration(text: string): string {
  const total = durationInSeconds(text);
  const [h, m, s] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  if (h > 0) return `${h}h${m}m${s}s`;
  return m > 0 ? `${m}m${s}s` : `${s}s`;
}
