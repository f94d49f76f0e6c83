import { catalogEntities } from "./catalog-entities.ts";
import type { Repository } from "./facts.ts";

/** A name whose last word says that its repository is out of use. */
const setAside = /[-_.](?:archived?|backup|bak|deprecated|obsolete|old)$/i;

/** Why a repository is no unit's, whatever it says: what it says was true of another one, or once. Undefined: nothing against it. */
export function passedOver(repository: Repository): string | undefined {
  const { name, archived, disabled, fork, template, files, catalogInfo } = repository;
  if (archived) return "it is archived";
  if (disabled) return "it is disabled";
  if (fork) return "it is a fork: what it says is said of another repository";
  if (template) return "it is a template: units are made from it";
  if (setAside.test(name)) return "its name says that it is out of use";
  if (files.some((file) => file.includes("{{")))
    return "it is a template: there are placeholders in its files' names";
  if (catalogEntities(catalogInfo?.text ?? "").some(({ kind }) => kind === "Template"))
    return "it is a template of Backstage";
  return undefined;
}
