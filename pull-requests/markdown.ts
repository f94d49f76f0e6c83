/**
 * Text that others wrote, as GitHub shows it and as nothing else: HTML, mentions, references to issues and links are none
 * inside code, so it stands in `<code>` or in a fence, and nowhere else.
 */

/** For inside HTML blocks, whose text isn't read as Markdown. */
export function code(text: string): string {
  const escaped = visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<code>${escaped}</code>`;
}

/** Lines in a fence that none of them can close. */
export function fence(language: "diff" | "text", lines: readonly string[]): string {
  const content = lines.map(visible);
  const longest = Math.max(
    2,
    ...(content
      .join("\n")
      .match(/`+/g)
      ?.map(({ length }) => length) ?? []),
  );
  const ticks = "`".repeat(longest + 1);
  return [`${ticks}${language}`, ...content, ticks].join("\n");
}

/** A part that a click opens; what is short is open already. */
export function folded(summary: string, content: string): string {
  const open = content.split("\n").length <= 25 ? " open" : "";
  return `<details${open}><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** One line, in which what can't be seen, or turns the direction of what can, is written out. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    character === "\n" ? "\\n" : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
