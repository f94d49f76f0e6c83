import type { Service } from "../../schema/sections/services.ts";
import type { Tenant } from "../../schema/tenant.ts";
import { optionalServers, type TenantServices } from "../../stacks/tenant-services.ts";
import type { Outputs } from "../read-outputs.ts";

/** What a tenant has in one system. */
export interface SystemOverview {
  /** The section of the tenant's file. */
  readonly key: string;
  readonly title: string;
  /** there; wanted and not made yet; the environment does without it; there, and not wanted any more. */
  readonly standing: "there" | "to come" | "left out" | "to go";
  /** What can be opened in a browser, by what it is. */
  readonly links: readonly (readonly [label: string, url: string])[];
  /** Everything else that isn't secret, by what it is. */
  readonly facts: readonly (readonly [label: string, value: string])[];
}

/** The name people know a section's system by; of source control, the one that the file chose. */
function titleOf(key: string, tenant: Tenant | undefined): string {
  if (key === "database") return "PostgreSQL";
  if (key === "identity") return "Keycloak";
  const on = optionalServers.filter(({ part }) => part === key);
  const chosen = on.length === 1 ? on[0] : on.find((each) => each.key === tenant?.sourceControl.system);
  return chosen?.title ?? words(key);
}

/** Outputs that are about the tenant or its people, not about a system. */
const others = new Set(["tenant", "people"]);

/**
 * Puts together what a tenant wants and what its stack gives out. `tenant` and `services`: undefined when the file can't be
 * read. Of people nothing is shown.
 */
export function systemsOf(
  tenant: Tenant | undefined,
  services: Pick<TenantServices, "there" | "leftOut"> | undefined,
  outputs: Outputs,
): SystemOverview[] {
  const made = Object.keys(outputs).filter((key) => !others.has(key));
  // Invitations are about people; contacts in a CRM may be all that it has.
  const wanted = [...(services?.there ?? [])].filter((part) => part !== "invitations");
  const without = (services?.leftOut ?? []).flatMap(({ part }) => (part === "invitations" ? [] : part));
  const keys = [
    ...new Set([...order.filter((key) => [...wanted, ...without, ...made].includes(key)), ...made]),
  ];
  const isDestroyed = tenant?.status === "destroyed";
  return keys.map((key): SystemOverview => {
    const isThere = made.includes(key);
    const isWanted = services === undefined || (!isDestroyed && wanted.some((part) => part === key));
    const standing = isThere
      ? isWanted
        ? "there"
        : "to go"
      : without.some((part) => part === key)
        ? "left out"
        : "to come";
    return { key, title: titleOf(key, tenant), standing, ...detailsOf(outputs[key]) };
  });
}

const order: readonly string[] = [
  "database",
  "identity",
  "collaboration",
  "workspaces",
  "sourceControl",
  "crm",
] satisfies readonly Service[];

function detailsOf(output: unknown): Pick<SystemOverview, "links" | "facts"> {
  const links: [string, string][] = [];
  const facts: [string, string][] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
      return;
    }
    if (typeof value !== "string" && typeof value !== "number") return;
    if (value === "(secret)") return;
    const text = String(value);
    const label = path
      .filter((part) => part !== "url")
      .map(words)
      .join(" ");
    if (isPage(text)) links.push([label === "" ? "open" : label, text]);
    // An address with somebody's name and password in it is no fact for everybody.
    else if (!/:\/\/[^/]*@/.test(text) || text.startsWith("ssh://")) facts.push([label, text]);
  };
  walk(output, []);
  return { links, facts };
}

/** Whether a browser can open it: what ends in `.git` is for git. */
function isPage(text: string): boolean {
  if (!URL.canParse(text) || text.endsWith(".git")) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === "http:" || protocol === "https:") && username === "" && password === "";
}

/** `accountConsole` as people read it. */
function words(key: string): string {
  return /^[a-z]+(?:[A-Z][a-z]+)+$/.test(key)
    ? key.replaceAll(/[A-Z]/g, (each) => ` ${each.toLowerCase()}`)
    : key;
}
