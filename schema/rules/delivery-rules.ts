import type { Finding } from "../finding.ts";
import { isProduction } from "../sections/delivery.ts";
import type { Draft } from "./draft.ts";
import { duplicates, type Named } from "./duplicates.ts";
import { references } from "./references.ts";

type Delivery = NonNullable<Draft["delivery"]>;
type Variable = NonNullable<NonNullable<Delivery["variableSets"]>[number]["variables"]>[number];

/** Terraform Cloud's workspaces, variables, teams and notifications. */
export function deliveryRules({ id, kind, delivery, sourceControl }: Draft): Finding[] {
  const { environments = [], variableSets = [], teams = [], notifications = [] } = delivery ?? {};
  const known = environments.map(({ name }) => name);
  const declared = (sourceControl?.repositories ?? []).map(({ name }) => name);
  // Every business unit has this one in GitHub.
  const repositories = kind === "businessUnit" ? [...declared, `bu-${id ?? ""}-infrastructure`] : declared;
  const at = ["delivery", "environments"];
  return [
    ...duplicates("environment's name", names(environments, at)),
    ...duplicates("variable set's name", names(variableSets, ["delivery", "variableSets"])),
    ...duplicates("team's name", names(teams, ["delivery", "teams"])),
    ...duplicates("notification's name", names(notifications, ["delivery", "notifications"])),
    ...environments.flatMap((each, index) => [
      ...automaticProduction(each, [...at, index]),
      ...references("environment", known, listed(each.after, [...at, index, "after"])),
      ...references("repository", repositories, ownRepository(each.repository, [...at, index, "repository"])),
      ...itself(each, [...at, index, "after"]),
      ...variableRules(each.variables, [...at, index, "variables"]),
    ]),
    ...variableSets.flatMap((each, index) => [
      ...references(
        "environment",
        known,
        listed(each.environments, ["delivery", "variableSets", index, "environments"]),
      ),
      ...variableRules(each.variables, ["delivery", "variableSets", index, "variables"]),
    ]),
    ...notifications.flatMap((each, index) =>
      references(
        "environment",
        known,
        listed(each.environments, ["delivery", "notifications", index, "environments"]),
      ),
    ),
  ];
}

function names(items: readonly { readonly name?: string | undefined }[], at: Finding["path"]): Named[] {
  return items.map(({ name }, index) => ({ value: name, path: [...at, index, "name"] }));
}

function listed(values: readonly (string | undefined)[] = [], at: Finding["path"]): Named[] {
  return values.map((value, index) => ({ value, path: [...at, index] }));
}

/** A name without an owner is one of the tenant's own. */
function ownRepository(repository: string | undefined, path: Finding["path"]): Named[] {
  return repository === undefined || repository.includes("/") ? [] : [{ value: repository, path }];
}

function automaticProduction(
  { name, autoApply }: NonNullable<Delivery["environments"]>[number],
  at: Finding["path"],
): Finding[] {
  if (autoApply !== true || name === undefined || !isProduction(name)) return [];
  const message = "production is applied by somebody, never by itself; leave `autoApply` out";
  return [{ code: "automatic-production", message, path: [...at, "autoApply"], found: "true" }];
}

function itself(
  { name, after = [] }: NonNullable<Delivery["environments"]>[number],
  at: Finding["path"],
): Finding[] {
  return after.flatMap((each, index): Finding[] => {
    if (each === undefined || each !== name) return [];
    const message = `${JSON.stringify(each)} can't come after itself`;
    return [{ code: "after-itself", message, path: [...at, index], found: JSON.stringify(each) }];
  });
}

function variableRules(variables: readonly Variable[] = [], at: Finding["path"]): Finding[] {
  const twice = variables.map(({ key, category = "terraform" }, index) => ({
    value: key === undefined ? undefined : `${key} (${category})`,
    path: [...at, index, "key"],
  }));
  return [
    ...duplicates("variable's name", twice),
    ...variables.flatMap(({ value, secret }, index): Finding[] => {
      if ((value === undefined) !== (secret === undefined)) return [];
      const path = [...at, index];
      return value === undefined
        ? [
            {
              code: "variable-without-value",
              message: "has no value: `value` holds it, or `secret` names it",
              path,
            },
          ]
        : [
            {
              code: "variable-with-two-values",
              message: "has both `value` and `secret`; keep one of them",
              path: [...path, "secret"],
              at: "key",
            },
          ];
    }),
  ];
}
