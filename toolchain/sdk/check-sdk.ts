/** Says whether the SDK for Terraform Cloud is what its sources give: no plugin and no Go is needed to know. */
import { readFileSync } from "node:fs";
import { digestFile, sdkDigest } from "./sdk-digest.ts";

if (readFileSync(digestFile, "utf8") !== sdkDigest()) {
  console.error("sdks/tfe is not what its sources give; make it anew with: npm run sdk");
  process.exitCode = 1;
}
