import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LoadedTenant } from "./load-tenant-file.ts";
import { type Path, pathText, type Problem } from "./problem.ts";
import { closest } from "./suggest.ts";
import type { Tenant } from "./tenant.ts";

/**
 * What tenants name of this project, and isn't there: folders of workspace templates and invitations, files that go into
 * repositories. `root` is the project's folder. What a plan names for many tenants is told once.
 */
export function missingFiles(tenants: readonly LoadedTenant[], root: string): Problem[] {
  const problems = new Map<string, Problem>();
  for (const { tenant, locate } of tenants) {
    for (const { name, path, kind } of namedIn(tenant)) {
      if (isThere(join(root, name), kind)) continue;
      const place = locate(path);
      const suggestion = near(root, name, kind);
      problems.set(`${place.file}:${place.line}:${place.column}`, {
        ...place,
        code: "file-missing",
        path: pathText(path),
        message: `there is no ${kind} ${name} in this project`,
        found: name,
        ...(suggestion === undefined ? {} : { suggestion }),
      });
    }
  }
  return [...problems.values()];
}

interface Named {
  /** Relative to the project's folder. */
  readonly name: string;
  readonly path: Path;
  readonly kind: "file" | "folder";
}

function namedIn({ workspaces, invitations, sourceControl }: Tenant): Named[] {
  const template = { name: `invitations/${invitations.template}`, path: ["invitations", "template"] };
  return [
    ...workspaces.templates.map(({ folder: name }, index): Named => {
      return { name, path: ["workspaces", "templates", index, "folder"], kind: "folder" };
    }),
    // The default one comes with the project, and no file has to name it.
    ...(invitations.template === "default" ? [] : [{ ...template, kind: "folder" } satisfies Named]),
    ...sourceControl.repositories.flatMap(({ files }, repository) =>
      files.flatMap(({ source }, file): Named[] => {
        const path = ["sourceControl", "repositories", repository, "files", file, "source"];
        return source === undefined ? [] : [{ name: source, path, kind: "file" }];
      }),
    ),
  ];
}

function isThere(path: string, kind: Named["kind"]): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return (kind === "folder" ? found?.isDirectory() : found?.isFile()) ?? false;
}

/** Its neighbour with nearly the same name. A template of invitations is named without its folder. */
function near(root: string, name: string, kind: Named["kind"]): string | undefined {
  const folder = dirname(name);
  const others = isThere(join(root, folder), "folder") ? readdirSync(join(root, folder)) : [];
  const meant = closest(
    basename(name),
    others.filter((other) => isThere(join(root, folder, other), kind)),
  );
  if (meant === undefined || folder === "invitations") return meant;
  return folder === "." ? meant : `${folder}/${meant}`;
}
