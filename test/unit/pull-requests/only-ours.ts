import { expect } from "@jest/globals";
import { marked, type Token } from "marked";

/** What tries to be more than text. */
export const hostile = [
  "@somebody",
  "</details><script>alert(1)</script>",
  "<!-- tenantry preview prod -->",
  "--><img src=x onerror=alert(1)>",
  "```",
  "``````\n# title",
  "~~~\n",
  "\n\n![x](https://evil.example/x.png)",
  "[here](javascript:alert(1))",
  "www.evil.example https://evil.example",
  "octo/repo#1 #12 GH-3",
  "`@somebody`",
  "</code>@somebody",
  "&lt;b&gt;&#64;somebody",
  "\r\n\r\n@somebody",
  "\u2028@somebody",
  "\u202Egnp.exe",
  "| a | b |\n|---|---|",
  "\\",
  ":tada:",
] as const;

const ourTags =
  /^(?:<!-- tenantry (?:preview|drift) [^<>]* -->|<\/?(?:h3|h4|p|b|code|details|details open|summary)>|[^<>])*$/s;

/** Reads Markdown as GitHub does: all that isn't Tenantry's own wording is in code, each block is whole, and no tag is a stranger's. */
export function expectOnlyOurs(body: string): void {
  const tokens: Token[] = [];
  void marked.walkTokens(marked.lexer(body, { gfm: true }), (token) => void tokens.push(token));
  for (const { type, raw } of tokens) {
    expect(["html", "code", "space"]).toContain(type);
    if (type === "html") {
      expect(raw).toMatch(ourTags);
      const outside = raw.replace(/<code>[^<>]*<\/code>/g, "").replace(/<!--.*?-->|<[^>]*>/gs, "");
      expect(outside).toMatch(/^[\w\s.,:;·'()]*$/);
    }
    if (type === "code") expect(raw.trimEnd()).toMatch(/^(`{3,})(?:diff|text)\n[^]*\n\1$/);
  }
  expect(count(body, /^<\/details>$/gm)).toBe(count(body, /^<details/gm));
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
