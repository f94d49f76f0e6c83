/** When access ends whose last day is `date` (YYYY-MM-DD, UTC): at the first moment of the next day. */
export function endOf(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 24 * 60 * 60 * 1000).toISOString();
}
