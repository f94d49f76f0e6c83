import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { moduleFolder, type GoModule } from "./go.ts";
import { cliRelease, pluginRelease, type Release } from "./official.ts";
import { pluginPlace } from "./plugin-place.ts";
import type { Versions } from "./versions.ts";

/** How a part is made where the official release can't be had. */
export interface Source {
  readonly module: GoModule;
  /** The file of the module's folder that names its dependencies, with a `.sum` beside it: a new plugin rebuilds no other. */
  readonly dependencies: string;
  /** The main package, as `go build` takes it. */
  readonly package: string;
  /** Variables set at link time: name to value. */
  readonly variables: Readonly<Record<string, string>>;
  /** Plugins of the engine that launch.sh stands in for, in the same folder. */
  readonly launchers: readonly string[];
}

/** One folder of the toolchain with one program in it, and both ways to get it. */
export interface Part {
  /** "Pulumi CLI 3.258.0" */
  readonly title: string;
  readonly folder: string;
  /** The program's file name in that folder. */
  readonly program: string;
  /** Absent: what is official needs no part of ours. See `madeFor`. */
  readonly release?: Release;
  /** The part that gets this one by itself where it is the official release. */
  readonly madeFor?: Part;
  /** The folder of the release's archive that becomes the part's folder. */
  readonly folderInArchive: string;
  readonly source: Source;
}

/** The `PULUMI_HOME` of the toolchain below the cache folder: Pulumi's own layout, apart from the user's. */
export function pulumiHome(cache: string): string {
  return join(cache, "pulumi");
}

/** The folder of the Pulumi CLI, where Pulumi's own tools look for a version. */
export function binFolder(cache: string, { pulumi }: Versions): string {
  return join(pulumiHome(cache), "versions", pulumi, "bin");
}

/** Everything that the toolchain consists of. */
export function parts(cache: string, versions: Versions): readonly Part[] {
  const cli: Part = {
    title: `Pulumi CLI ${versions.pulumi}`,
    folder: binFolder(cache, versions),
    program: "pulumi",
    release: cliRelease(versions.pulumi),
    folderInArchive: "pulumi",
    source: {
      module: "engine",
      dependencies: "go.mod",
      package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${versions.pulumi}` },
      launchers: ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"],
    },
  };
  const plugins = versions.plugins.map(({ name, version }): Part => ({
    title: `Pulumi ${name} plugin ${version}`,
    ...pluginPlace(pulumiHome(cache), name, version),
    release: pluginRelease(name, version),
    folderInArchive: ".",
    source: {
      module: "plugins",
      dependencies: existsSync(join(moduleFolder("plugins"), `${name}.mod`)) ? `${name}.mod` : "go.mod",
      package: `./${name}`,
      variables: { "main.version": version },
      launchers: [],
    },
  }));
  return [cli, ...plugins, ...terraformParts(cache, versions)];
}

/** The plugin for any Terraform provider, and the provider, where that plugin looks before it asks a registry. */
function terraformParts(cache: string, { terraform }: Versions): readonly Part[] {
  const { plugin: pluginVersion, provider, version } = terraform;
  const bridge = "github.com/pulumi/pulumi-terraform-bridge/v3/dynamic";
  const plugin: Part = {
    title: `Pulumi terraform-provider plugin ${pluginVersion}`,
    ...pluginPlace(pulumiHome(cache), "terraform-provider", pluginVersion),
    release: pluginRelease("terraform-provider", pluginVersion),
    folderInArchive: ".",
    source: {
      module: "terraform",
      dependencies: "go.mod",
      package: bridge,
      variables: { [`${bridge}/version.version`]: `v${pluginVersion}` },
      launchers: [],
    },
  };
  const name = provider.slice(provider.lastIndexOf("/") + 1);
  const registry = join(pulumiHome(cache), "dynamic_tf_plugins", "registry.opentofu.org");
  return [
    plugin,
    {
      title: `Terraform ${name} provider ${version}`,
      folder: join(registry, provider, version, `${platform()}_${arch() === "x64" ? "amd64" : arch()}`),
      program: `terraform-provider-${name}_v${version}`,
      madeFor: plugin,
      folderInArchive: ".",
      source: {
        module: "terraform",
        dependencies: "go.mod",
        package: `github.com/hashicorp/terraform-provider-${name}`,
        variables: { [`github.com/hashicorp/terraform-provider-${name}/version.ProviderVersion`]: version },
        launchers: [],
      },
    },
  ];
}

/** The file in a part's folder that says what it was built from; an official release has none. */
export const stampFile = "built-from-source";

/** A hash of the sources of ours that decide what a build gives. */
export function sourceHash({ module, dependencies, package: main }: Source): string {
  const folder = moduleFolder(module);
  const hash = createHash("sha256");
  for (const file of [dependencies, ...goFiles(folder, main), ...goFiles(folder, "internal")]) {
    hash.update(file).update(readFileSync(join(folder, file)));
  }
  return hash.digest("hex");
}

function goFiles(folder: string, below: string): string[] {
  if (!existsSync(join(folder, below))) return [];
  const names = readdirSync(join(folder, below), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".go"))
    .map((name) => join(below, name))
    .sort();
}

/** Whether a part is there, and made from the sources as they are now where it was built. */
export function isCurrent(part: Part): boolean {
  if (part.madeFor && isCurrent(part.madeFor) && !existsSync(join(part.madeFor.folder, stampFile)))
    return true;
  if (!existsSync(join(part.folder, part.program))) return false;
  const stamp = join(part.folder, stampFile);
  return !existsSync(stamp) || readFileSync(stamp, "utf8") === sourceHash(part.source);
}
