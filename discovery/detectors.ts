import { catalogInfo } from "./detectors/catalog-info.ts";
import { fileStructure } from "./detectors/file-structure.ts";
import { naming } from "./detectors/naming.ts";
import { stateOutputs } from "./detectors/state-outputs.ts";
import { topics } from "./detectors/topics.ts";
import { workspaceTags } from "./detectors/workspace-tags.ts";
import type { Detector } from "./evidence.ts";

export const detectors: readonly Detector[] = [
  naming,
  topics,
  catalogInfo,
  workspaceTags,
  stateOutputs,
  fileStructure,
];
