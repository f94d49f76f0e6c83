import type { System } from "../system.ts";
import { checkCoder } from "./preflight.ts";
import { coderApi } from "./server.ts";
import { strayAccounts } from "./stray-accounts.ts";

/** Coder, as what runs stacks needs to know it. Its address is in `CODER_URL`. */
export const coder: System = {
  title: "Coder",
  package: "coder",
  server: "coder",
  check: checkCoder,
  strays: async (tenant, environment, fleet) => strayAccounts(coderApi(environment), tenant, await fleet()),
};
