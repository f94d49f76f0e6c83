import type { Detector } from "../evidence.ts";
import { unitId } from "../unit-id.ts";

/** Tenantry's own tag, and what others call it. */
const tag = /^(?:tenant|business[-_]unit|bu)[:=](?<unit>.+)$/i;

/** A workspace with the tag `tenant:<id>`, `business-unit:<id>` or `bu:<id>`. */
export const workspaceTags: Detector = ({ workspaces }) =>
  workspaces.flatMap(({ fullName, tags }) =>
    tags.flatMap((text) => {
      const unit = unitId(tag.exec(text)?.groups?.["unit"] ?? "");
      if (unit === undefined) return [];
      return [
        {
          detector: "workspace-tags",
          unit,
          weight: 0.7,
          strength: "statement",
          found: `tag ${text}`,
          source: { system: "Terraform Cloud", place: fullName, field: "tags" },
        } as const,
      ];
    }),
  );
