import { createHash } from "node:crypto";
import { readdirSync, readFileSync, realpathSync, type Dirent } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../../report/failure.ts";

/** The project's folder, where Pulumi.yaml is. */
export const projectDirectory = fileURLToPath(new URL("../../", import.meta.url));

/** A file of a template: its path in the template, with `/`, and what it holds. */
export interface TemplateFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What Terraform leaves in a folder it was tried in; state files can hold secrets. */
const leftOver = /^(?:\.terraform|\.terraform\.tfstate\.lock\.info|.*\.tfstate(?:\..*)?)$/;

/**
 * Every file of a template's folder, by path in the order of their characters. `folder` is relative to the project.
 *
 * Throws a {@link Failure} `template-folder`: it isn't there, lies outside the project, has no `.tf` file, or holds a
 * link, which could lead out of it.
 */
export function templateFiles(folder: string, project = projectDirectory): TemplateFile[] {
  const root = join(project, folder);
  if (!isInside(project, root) || !isInside(realpathSync(project), realPath(folder, root))) {
    throw refused(folder, "is outside of the project", "name a folder of the project");
  }
  const files = filesIn(folder, root, "");
  if (!files.some(({ path }) => /^[^/]+\.tf(?:\.json)?$/.test(path))) {
    throw refused(folder, "holds no .tf file", "put the template's main.tf there, or name its folder");
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** SHA-256 of a template's files, their names and contents, as hexadecimal digits. Throws as {@link templateFiles}. */
export function templateDigest(folder: string, project = projectDirectory): string {
  return digestOf(templateFiles(folder, project));
}

/** As {@link templateDigest}, of files that were read already. */
export function digestOf(files: readonly TemplateFile[]): string {
  const hash = createHash("sha256");
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest("hex");
}

function isInside(folder: string, place: string): boolean {
  const [first] = relative(folder, place).split(sep);
  return first !== "..";
}

/** Where a folder is, when links have been followed. */
function realPath(folder: string, root: string): string {
  try {
    return realpathSync(root);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function filesIn(folder: string, directory: string, prefix: string): TemplateFile[] {
  return entries(folder, directory)
    .filter(({ name }) => !leftOver.test(name))
    .flatMap((entry) => {
      const path = `${prefix}${entry.name}`;
      const place = join(directory, entry.name);
      if (entry.isDirectory()) return filesIn(folder, place, `${path}/`);
      if (entry.isFile()) return [{ path, bytes: readFileSync(place) }];
      throw refused(folder, `holds ${path}, which is no file`, "put a copy there instead of a link");
    });
}

function entries(folder: string, directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function unreadable(folder: string, cause: unknown): Failure {
  return refused(folder, "can't be read", "name a folder that is there, relative to Pulumi.yaml", cause);
}

function refused(folder: string, why: string, fix: string, cause?: unknown): Failure {
  return new Failure("template-folder", `the template's folder ${folder} ${why}`, {
    system: "Coder",
    fix,
    cause,
  });
}
