import { markOf } from "../ownership.ts";

/** A description with the mark behind it, for what has no better place for it. */
export function withMark(description: string, mark: string): string {
  return description === "" ? mark : `${description} (${mark})`;
}

/** The two parts of a text that {@link withMark} made; no mark when somebody changed the text. */
export function withoutMark(text: string): { readonly description: string; readonly mark: string } {
  const { description = "", mark, alone } = marked.exec(text)?.groups ?? {};
  const found = mark ?? alone;
  return found === undefined ? { description: text, mark: "" } : { description, mark: found };
}

const marked = new RegExp(
  `^(?:(?<description>.+) \\((?<mark>${markOf("")}[^()]+)\\)|(?<alone>${markOf("")}[^()]+))$`,
  "s",
);
