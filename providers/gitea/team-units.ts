/** The parts of a repository that a team may have rights in; the last two lead elsewhere and can only be read. */
const parts = ["code", "issues", "pulls", "releases", "wiki", "projects", "packages", "actions"];
const links = ["ext_issues", "ext_wiki"];

/** What a team's permission is one of. */
export const permissionNames = /^(?:read|write|admin)$/;

/** The same permission for every part, in the server's words. */
export function unitsOf(permission: string): Record<string, string> {
  const of = (names: readonly string[], right: string): [string, string][] =>
    names.map((name) => [`repo.${name}`, right]);
  return Object.fromEntries([...of(parts, permission), ...of(links, "read")]);
}

interface Rights {
  /** `admin`, or `none` where it depends on the part. */
  readonly permission: string;
  readonly units_map: Readonly<Record<string, string>>;
}

/** A team's permission: `read`, `write` or `admin`; where its parts differ, each with what it has. */
export function describePermission({ permission, units_map: units }: Rights): string {
  if (permission === "admin" || permission === "owner") return permission;
  const names = Object.keys(unitsOf("read"));
  const same = ["read", "write", "admin"].find((each) => {
    const wanted = unitsOf(each);
    return names.every((name) => (units[name] ?? "none") === wanted[name]);
  });
  return same ?? names.map((name) => `${name}: ${units[name] ?? "none"}`).join(", ");
}
