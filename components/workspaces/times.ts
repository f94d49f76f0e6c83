import { durationInSeconds } from "../identity/duration.ts";

/** A time of day on some days of the week. */
export interface Schedule {
  /** Minute, hour, `*`, `*`, days of the week: `0 8 * * 1-5`. */
  readonly schedule: string;
  /** The time zone that it is meant in: `Europe/Berlin`. */
  readonly timezone: string;
}

/** A schedule as Coder takes it: `CRON_TZ=Europe/Berlin 0 8 * * 1-5`. */
export function autostart({ schedule, timezone }: Schedule): string {
  return `CRON_TZ=${timezone} ${schedule}`;
}

/** A duration such as `8h` or `2d` in hours and minutes, as Coder takes it: `8h`, `48h`, `1h30m`. Less than a minute is none. */
export function timeToLive(duration: string): string {
  const minutes = Math.floor(durationInSeconds(duration) / 60);
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return `${h > 0 ? `${h}h` : ""}${m > 0 ? `${m}m` : ""}`;
}
