import { nameFault, templateName } from "../account-name.ts";
import { seconds } from "../duration.ts";
import type { Finding } from "../finding.ts";
import { closest } from "../suggest.ts";
import { usesService } from "../tenant.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";
import { references } from "./references.ts";

/** Coder's templates, personal workspaces and groups. */
export function workspaceRules(tenant: Draft): Finding[] {
  const { templates = [], personal } = tenant.workspaces ?? {};
  return [
    ...duplicates(
      "template's name",
      templates.map(({ name }, index) => ({ value: name, path: ["workspaces", "templates", index, "name"] })),
    ),
    ...references(
      "template",
      templates.map(({ name }) => name),
      [{ value: personal?.template, path: ["workspaces", "personal", "template"] }],
    ),
    ...(usesService(tenant, "workspaces") ? [...templateNameRules(tenant), ...groupRules(tenant)] : []),
    ...personalRules(personal),
  ];
}

/** All tenants share one list of templates. */
function templateNameRules({ id, workspaces }: Draft): Finding[] {
  return (workspaces?.templates ?? []).flatMap(({ name }, index): Finding[] => {
    if (id === undefined || name === undefined || id.includes("--")) return [];
    const full = templateName(id, name);
    const fault = nameFault("workspaces", full);
    if (fault === undefined) return [];
    return [
      {
        code: "template-name",
        message: `the template in Coder would be ${JSON.stringify(full)}: ${fault}`,
        path: ["workspaces", "templates", index, "name"],
        found: JSON.stringify(name),
        relatedPath: ["id"],
      },
    ];
  });
}

function groupRules({ teams = [], workspaces }: Draft): Finding[] {
  if (workspaces?.groups !== true) return [];
  return teams.flatMap(({ id }, index): Finding[] => {
    if (id?.includes("--") !== true) return [];
    const found = JSON.stringify(id);
    const message = `${found} can't be a group in Coder, which takes no two hyphens in a row`;
    return [{ code: "group-name", message, path: ["teams", index, "id"], found }];
  });
}

const longest = 30 * 24 * 3600;

function personalRules(personal: NonNullable<Draft["workspaces"]>["personal"]): Finding[] {
  const findings: Finding[] = [];
  const { stopAfter } = personal ?? {};
  const length = stopAfter === undefined ? undefined : seconds(stopAfter);
  if (length !== undefined && (length < 60 || length > longest)) {
    findings.push({
      code: "out-of-range",
      message: `${stopAfter} is not between 1 minute and 30 days`,
      path: ["workspaces", "personal", "stopAfter"],
      found: JSON.stringify(stopAfter),
    });
  }
  const zone = personal?.autostart?.timezone;
  if (zone !== undefined && !isTimeZone(zone)) {
    const meant = closest(zone, Intl.supportedValuesOf("timeZone"));
    findings.push({
      code: "unknown-time-zone",
      message: `${JSON.stringify(zone)} is no time zone`,
      path: ["workspaces", "personal", "autostart", "timezone"],
      found: JSON.stringify(zone),
      ...(meant === undefined ? {} : { suggestion: meant }),
    });
  }
  return findings;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
