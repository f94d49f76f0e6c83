import type { Heat, Result } from "./race.ts";

const colours = ["#1a7f64", "#9aa4b2", "#d3d9e2"];
const [left, unit, bar, gap, top] = [250, 180, 14, 18, 76];
/** Bars longer than so many times Terraform's are cut. */
const longest = 2.5;

/** The results as an SVG: a group of bars a case, as long as the time is beside Terraform's, with the seconds. */
export function chart(heats: ReadonlyMap<string, Heat>): string {
  const names = [...heats.keys()];
  const results = [...heats.values()].flatMap((heat) => heat.results);
  const cases = [...new Map(results.map((result) => [result.case.id, result.case.title]))];
  const group = names.length * bar + gap;
  const height = top + cases.length * group + 20;
  const width = left + longest * unit + 110;
  const legend = names.map((name, index) => {
    const x = left + index * 150;
    return `${rectangle(x, 36, 12, 12, index)}${text(x + 18, 46, name)}`;
  });
  const rows = cases.map(([id, title], row) => {
    const y = top + row * group;
    const find = (name: string): Result | undefined =>
      results.find((result) => result.contender === name && result.case.id === id);
    const unitOfTime = find("Terraform")?.seconds ?? find("Tenantry")?.seconds ?? 1;
    const bars = names.map((name, index) => {
      const result = find(name);
      if (result === undefined) return "";
      const length = Math.max(2, Math.min(longest, result.seconds / unitOfTime) * unit);
      const at = y + index * bar;
      return `${rectangle(left, at, length, bar - 3, index)}${text(left + length + 6, at + 10, `${result.seconds.toFixed(1)} s`)}`;
    });
    return `${text(left - 12, y + (names.length * bar) / 2 + 3, title, "end")}${bars.join("")}`;
  });
  const one = left + unit;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Times of Tenantry beside Terraform" font-family="system-ui, sans-serif" font-size="12" fill="#1f2933">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${left}" y="22" font-size="14" font-weight="600">Time beside Terraform's: shorter is better</text>
${legend.join("\n")}
<path d="M${one} ${top - 8}V${height - 16}" stroke="#52606d" stroke-dasharray="3 3"/>
${rows.join("\n")}
</svg>
`;
}

function rectangle(x: number, y: number, width: number, height: number, index: number): string {
  return `<rect x="${x}" y="${y}" width="${width.toFixed(1)}" height="${height}" rx="2" fill="${colours[index] ?? "#000000"}"/>`;
}

function text(x: number, y: number, content: string, anchor = "start"): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${content}</text>`;
}
