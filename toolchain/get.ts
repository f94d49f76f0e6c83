// `npm run toolchain`: gets whatever of the toolchain is missing.
import { printFailure } from "../cli/print-failure.ts";
import { StreamProgress } from "../report/progress.ts";
import { ensureToolchain } from "./toolchain.ts";

const progress = new StreamProgress();
try {
  const { pulumi } = await ensureToolchain(progress);
  progress.summary();
  console.log(pulumi);
} catch (error) {
  process.exitCode = printFailure(error);
}
