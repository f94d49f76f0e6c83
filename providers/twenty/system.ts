import type { System } from "../system.ts";
import { checkTwenty } from "./preflight.ts";

/** Twenty, as what runs stacks needs to know it. Its address is in `TWENTY_API_URL`. */
export const twenty: System = {
  title: "Twenty",
  package: "twenty",
  server: "twenty",
  check: checkTwenty,
};
