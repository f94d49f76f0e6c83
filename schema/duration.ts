const unit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A duration of the tenant file (`30s`, `15m`, `10h`, `7d`) in seconds; undefined when it isn't one. */
export function seconds(duration: string): number | undefined {
  const match = /^([0-9]+)([smhd])$/.exec(duration);
  const factor = unit[match?.[2] ?? ""];
  return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
}
