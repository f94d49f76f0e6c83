/** What doctor found out about one thing. */
export interface Finding {
  readonly title: string;
  readonly ok: boolean;
  /** Where it is, or what is wrong with it. */
  readonly detail: string;
  /** It isn't there, and isn't meant to be. */
  readonly unused?: true;
  /** The command that mends it; only where it isn't fine. */
  readonly fix?: string;
}

/** Findings under one headline. */
export interface FindingGroup {
  readonly title: "Toolchain" | "Servers";
  readonly findings: readonly Finding[];
}
