/** What is measured, and how long it may take beside Terraform: what it has to be, and what it should become. */
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly bar: number | undefined;
  readonly goal: number | undefined;
}

const wanted: Readonly<Record<string, readonly [bar: number, goal: number]>> = {
  "one new": [1.2, 0.9],
  "20 new": [1.2, 0.8],
  "one more at 30": [0.3, 0.2],
  // As at 30, give or take 15 %: `print.ts` says how far it is off.
  "nothing at 100": [0.2, 0.05],
  "drift at 30": [2.0, 1.0],
};

const titles: Readonly<Record<string, (fleet: number) => string>> = {
  "one new": () => "one new tenant",
  "20 new": () => "20 new tenants",
  "one more": (fleet) => `one more in a fleet of ${fleet}`,
  nothing: (fleet) => `nothing changed, ${fleet} tenants`,
  drift: (fleet) => `drift of ${fleet} tenants`,
};

/** A kind of case, in a fleet of some size where that matters. */
export function caseOf(kind: string, fleet?: number): Case {
  const id = fleet === undefined ? kind : `${kind} at ${fleet}`;
  const [bar, goal] = wanted[id] ?? [];
  return { id, title: titles[kind]?.(fleet ?? 0) ?? id, bar, goal };
}
