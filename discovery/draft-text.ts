import { Document, isScalar, type Node, YAMLSeq } from "yaml";
import { repository as repositoryModel } from "../schema/sections/repository.ts";
import { sourceControl as sourceControlModel } from "../schema/sections/source-control.ts";
import { type Evidence, sourceText } from "./evidence.ts";
import type { Repository } from "./facts.ts";
import type { Unit } from "./find-units.ts";
import type { Profile, Sourced } from "./profile.ts";

interface DraftOf {
  readonly unit: Unit;
  readonly profile: Profile;
  readonly threshold: number;
  /** The schema, as an editor finds it from the draft's folder. */
  readonly schema: string;
}

/** Writes the file of a tenant that was found, with a comment at each value that says where it comes from. */
export function draftText({ unit, profile, threshold, schema }: DraftOf): string {
  const draft = new Document({}, { compat: "yaml-1.1" });
  const add = (key: string, value: unknown, source?: string): void => {
    draft.add(draft.createPair(key, commented(draft.createNode(value), source)));
  };
  const addAll = (key: string, values: readonly Sourced<unknown>[]): void => {
    const list = new YAMLSeq();
    for (const { value, source } of values) list.add(commented(draft.createNode(value), source));
    if (values.length > 0) draft.add(draft.createPair(key, list));
  };
  draft.commentBefore = comment([
    ` yaml-language-server: $schema=${schema}`,
    "",
    ...reasons(unit, threshold),
  ]);
  add("version", 1);
  add("id", unit.id, `for ever; ${named(unit.evidence)}`);
  add("kind", "businessUnit");
  add("name", profile.name.value, profile.name.source ?? "made from the id");
  add("plan", "basic", "the smallest: nothing tells which");
  if (profile.region !== undefined) add("region", profile.region.value, profile.region.source);
  addAll("domains", profile.domains);
  addAll("contacts", profile.contacts);
  addAll("teams", profile.teams);
  const sourceControl = unit.repository && sourceControlOf(unit.repository);
  if (sourceControl !== undefined) add("sourceControl", sourceControl, asItIs(unit.repository));
  return draft.toString({ lineWidth: 0 });
}

function asItIs(repository: Repository | undefined): string {
  const place = `GitHub ${repository?.fullName ?? ""}`;
  return `${place}, as it is. What exists there can't be taken over yet: keep \`services.sourceControl\` off`;
}

/** A repository as it is there; undefined when a tenant's file can't hold its name. */
function sourceControlOf({ name, fullName, description = "", topics }: Repository): object | undefined {
  const { shape } = repositoryModel;
  const organization = fullName.slice(0, fullName.indexOf("/")).toLowerCase();
  if (!shape.name.safeParse(name).success) return undefined;
  return {
    system: "github",
    ...(sourceControlModel.shape.organization.safeParse(organization).success && { organization }),
    repositories: [
      {
        name,
        ...(description !== "" && shape.description.safeParse(description).success && { description }),
        ...(topics.length > 0 && shape.topics.safeParse(topics).success && { topics }),
      },
    ],
  };
}

function reasons({ confidence, evidence, against, duplicates }: Unit, threshold: number): string[] {
  return [
    ` A draft by \`tenantry discover\`: confidence ${percent(confidence)}, at least ${percent(threshold)} is wanted.`,
    ...evidence.map((each) => `   ${each.weight.toFixed(2)} ${reason(each)}`),
    ...against.map((each) => ` It is another unit's by ${reason(each)}`),
    ...duplicates.map(
      ({ subject, confidence: sure }) =>
        ` This unit, too, by confidence ${percent(sure)}: ${subject.repository?.fullName ?? ""}`,
    ),
    " People are never drafted: whoever is listed in `users` gets in.",
  ];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const reason = (evidence: Evidence): string =>
  `${evidence.detector}: ${evidence.found} (${sourceText(evidence.source)})`;

/** Where the id comes from. */
function named(evidence: readonly Evidence[]): string {
  const first = evidence.find(({ unit }) => unit !== undefined);
  return first === undefined ? "" : sourceText(first.source);
}

/** Behind a value that fits into a line, else above it. */
function commented<T extends Node>(node: T, source: string | undefined): T {
  if (source === undefined) return node;
  if (isScalar(node)) node.comment = comment([` ${source}`]);
  else node.commentBefore = comment([` ${source}`]);
  return node;
}

/** What others wrote stays in its line. */
function comment(lines: readonly string[]): string {
  return lines.map((line) => line.replaceAll(/\p{Cc}+/gu, " ")).join("\n");
}
