const prefix = "tenantry: tenant ";

/** What is noted on everything that a tenant of ours has here, so that we know our own: `tenantry: tenant acme`. */
export function markOf(tenant: string): string {
  return prefix + tenant;
}

/** The tenant that a mark names; undefined when it is none. */
export function tenantOf(mark: string): string | undefined {
  return mark.startsWith(prefix) ? mark.slice(prefix.length) : undefined;
}

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
  `^(?:(?<description>.+) \\((?<mark>${prefix}[^()]+)\\)|(?<alone>${prefix}[^()]+))$`,
  "s",
);
