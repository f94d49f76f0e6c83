/**
 * `npm run sdk`: makes the TypeScript SDK for Terraform Cloud in sdks/tfe from its source.json, as `pulumi package add
 * terraform-provider hashicorp/tfe` does, and compiles it, because Node runs no TypeScript of CommonJS packages.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { root } from "../../cli/project-root.ts";
import { StreamProgress } from "../../report/progress.ts";
import { moduleFolder } from "../go.ts";
import { ensureToolchain } from "../toolchain.ts";
import { digestFile, sdkDigest } from "./sdk-digest.ts";
import { sdkFolder } from "./sdk-source.ts";
import { readSchema } from "./read-schema.ts";

const generatedPackage = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  pulumi: z.unknown(),
});

const progress = new StreamProgress();
const toolchain = await ensureToolchain(progress);
const folder = mkdtempSync(join(tmpdir(), "tenantry-sdk-"));
try {
  const schema = readSchema(toolchain);
  const generated = join(folder, "generated");
  const go = ["run", "-mod=readonly", "-buildvcs=false", "./sdk", generated];
  execFileSync("go", go, {
    cwd: moduleFolder("terraform"),
    input: schema,
    stdio: ["pipe", "inherit", "inherit"],
  });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  execFileSync(
    join(root, "node_modules", ".bin", "tsc"),
    ["--sourceMap", "false", "--declarationMap", "false"],
    {
      cwd: generated,
      stdio: "inherit",
    },
  );
  for (const name of readdirSync(sdkFolder)) {
    if (name !== "source.json") rmSync(join(sdkFolder, name), { recursive: true });
  }
  writeFileSync(join(sdkFolder, "schema.json"), schema);
  for (const file of globSync("**/*.{js,d.ts}", { cwd: join(generated, "bin") })) {
    cpSync(join(generated, "bin", file), join(sdkFolder, file));
  }
  writeFileSync(
    join(sdkFolder, "package.json"),
    packageFile(readFileSync(join(generated, "package.json"), "utf8")),
  );
  writeFileSync(digestFile, sdkDigest());
} finally {
  rmSync(folder, { recursive: true });
}
progress.summary();

/** The package as it lies in the project: compiled, nothing to install. */
function packageFile(text: string): string {
  const { name, version, description, pulumi } = generatedPackage.parse(JSON.parse(text));
  const kept = { name, version, description, private: true, type: "commonjs", main: "index.js", pulumi };
  return `${JSON.stringify(kept, undefined, 2)}\n`;
}
