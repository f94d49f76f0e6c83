import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../../report/failure.ts";

/** The project's templates, a folder each. */
export const invitationsDirectory = fileURLToPath(new URL("../../invitations/", import.meta.url));

/** The folder that has every file. */
export const defaultTemplate = "default";

/** The name of a template's folder: it leads nowhere else. */
export const templateName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** One file of a template. */
export interface TemplateFile {
  readonly text: string;
  /** Where it is, for people: `invitations/default/body.html`. */
  readonly path: string;
}

/**
 * Reads a template's files by name: those of its folder, and of `default` those that it lacks. Links are not followed.
 *
 * Throws a {@link Failure} `template-missing` when there is no such folder.
 */
export function templateFiles(
  name: string,
  directory = invitationsDirectory,
): ReadonlyMap<string, TemplateFile> {
  return new Map([...folder(directory, defaultTemplate), ...folder(directory, name)]);
}

function folder(directory: string, name: string): [string, TemplateFile][] {
  try {
    return readdirSync(join(directory, name), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [
        entry.name,
        {
          text: readFileSync(join(directory, name, entry.name), "utf8"),
          path: `invitations/${name}/${entry.name}`,
        },
      ]);
  } catch (cause) {
    throw new Failure("template-missing", `the folder invitations/${name} can't be read`, {
      system: "Mail",
      fix: "make the folder, or name another one in the tenant's file: invitations.template",
      cause,
    });
  }
}
