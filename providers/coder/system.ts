import type { System } from "../system.ts";
import { checkCoder } from "./preflight.ts";

/** Coder, as what runs stacks needs to know it. Its address is in `CODER_URL`. */
export const coder: System = {
  title: "Coder",
  package: "coder",
  server: "coder",
  check: checkCoder,
};
