import type { Finding } from "../finding.ts";
import { closest } from "../suggest.ts";
import type { Draft } from "./draft.ts";

type Repository = NonNullable<NonNullable<Draft["sourceControl"]>["repositories"]>[number];

/** A tenant's repositories, and where each is in the file. */
export function repositoriesOf({
  sourceControl,
}: Draft): { readonly repository: Repository; readonly at: Finding["path"] }[] {
  return (sourceControl?.repositories ?? []).map((repository, index) => ({
    repository,
    at: ["sourceControl", "repositories", index],
  }));
}

/** Each system has events of its own. */
export function eventRules(
  { webhooks = [] }: Repository,
  at: Finding["path"],
  system: string,
  known: readonly string[],
): Finding[] {
  return webhooks.flatMap(({ events = [] }, position) =>
    events.flatMap((event, index): Finding[] => {
      if (event === undefined || known.includes(event)) return [];
      const suggestion = closest(event, known);
      return [
        {
          code: "event",
          message: `${JSON.stringify(event)} is not an event of ${system}`,
          path: [...at, "webhooks", position, "events", index],
          found: JSON.stringify(event),
          ...(suggestion === undefined ? {} : { suggestion }),
        },
      ];
    }),
  );
}
