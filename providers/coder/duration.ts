const text = /^(?:(?<hours>\d{1,3})h)?(?:(?<minutes>\d{1,4})m)?$/;

/** Milliseconds of a duration such as `8h`, `90m` or `1h30m`; undefined for anything else. */
export function milliseconds(duration: string): number | undefined {
  const { hours = "0", minutes = "0" } = (duration === "" ? undefined : text.exec(duration)?.groups) ?? {};
  const total = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return total === 0 ? undefined : total;
}

/** The one way to write a duration of whole minutes: `1h30m`, and empty for none. */
export function durationText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours > 0 ? `${hours}h` : ""}${rest > 0 ? `${rest}m` : ""}`;
}
