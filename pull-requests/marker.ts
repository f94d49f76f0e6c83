/** What a text of ours is about: each environment has its own. */
export interface Mark {
  readonly operation: "preview" | "drift";
  readonly environment: string;
}

/** A first line that nobody sees, by which a text is found again. */
export function marker({ operation, environment }: Mark): string {
  return `<!-- tenantry ${operation} ${encodeURIComponent(environment)} -->`;
}

/** A text under its marker. */
export function marked(text: string, mark: Mark): string {
  return `${marker(mark)}\n\n${text}`;
}

/** Whether two texts are the same to their readers: GitHub may give other line ends than it got. */
export function sameText(one: string, other: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trim();
  return plain(one) === plain(other);
}
