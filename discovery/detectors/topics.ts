import type { Detector, Evidence } from "../evidence.ts";
import { unitId } from "../unit-id.ts";

/**
 * A repository with the topic `business-unit`, and those that may be the unit's id beside it. Which of them is, only other
 * evidence tells: a topic is free text, and applications of a unit carry it as well. `bu-<id>` needs no `business-unit`.
 */
export const topics: Detector = ({ repository }) => {
  if (repository === undefined) return [];
  const marked = repository.topics.includes("business-unit");
  const hint = (unit: string | undefined, weight: number, found: string): Evidence => ({
    detector: "topics",
    unit,
    weight,
    strength: "hint",
    found,
    source: { system: "GitHub", place: repository.fullName, field: "topics" },
  });
  const named = repository.topics.flatMap((topic) => {
    const unit = unitId(/^(?:bu|business-unit)-(.+)$/.exec(topic)?.[1] ?? (marked ? topic : ""));
    return unit === undefined || topic === "business-unit"
      ? []
      : [hint(unit, 0.6, topicsText(marked, topic))];
  });
  return marked ? [...named, hint(undefined, 0.3, "topic business-unit")] : named;
};

function topicsText(marked: boolean, topic: string): string {
  return marked ? `topics business-unit and ${topic}` : `topic ${topic}`;
}
