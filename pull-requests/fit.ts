import { count } from "../report/count.ts";

/** A part of a text that is there whole or not at all. */
export interface Part {
  /** Stands once above all parts that have it. */
  readonly heading: string;
  readonly text: string;
  /** In its place where there is no room for it. */
  readonly short: string;
  /** What it is one of: `problem`. */
  readonly kind: string;
  /** Whom it is about. */
  readonly tenants: readonly string[];
}

/** What GitHub takes as the body of a comment or an issue. It counts characters; what we count are never fewer. */
export const longestBody = 65_536;

/** Room for saying what is left out, and for a marker. */
const reserve = 2_000;

/**
 * Puts parts together, those that matter most being the first, so that the whole is shorter than `longestBody`. A part that
 * doesn't fit is shortened, else left out and counted in the end; `log` says where everything can be read.
 */
export function fit(head: string, parts: readonly Part[], log: string): string {
  const shown = [head];
  const out: Part[] = [];
  let room = longestBody - reserve - head.length;
  let heading = "";
  for (const part of parts) {
    const above = part.heading === heading ? "" : `<h4>${part.heading}</h4>\n\n`;
    const text = [part.text, part.short].find((each) => each.length + above.length + 2 <= room);
    if (text === undefined) {
      out.push(part);
      continue;
    }
    shown.push(above + text);
    room -= above.length + text.length + 2;
    heading = part.heading;
  }
  if (out.length > 0)
    shown.push(`<p>Left out, because it is too much for GitHub: ${counted(out)}. ${log}</p>`);
  return shown.join("\n\n");
}

/** `3 different diffs (40 tenants), 1 problem (2 tenants)`. */
function counted(parts: readonly Part[]): string {
  return [...Map.groupBy(parts, ({ kind }) => kind)]
    .map(([kind, some]) => {
      const tenants = new Set(some.flatMap((part) => part.tenants)).size;
      return `${count(some.length, kind)}${tenants === 0 ? "" : ` (${count(tenants, "tenant")})`}`;
    })
    .join(", ");
}
