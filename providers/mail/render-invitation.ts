import { Liquid, LiquidError } from "liquidjs";
import { Failure } from "../../report/failure.ts";
import { htmlDocument } from "./html-document.ts";
import type { InvitationValues } from "./invitation-values.ts";
import { sanitiseBody } from "./sanitise-body.ts";
import { templateFiles, type TemplateFile } from "./template-files.ts";

/** What a mail says. */
export interface Message {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  /** A whole document that loads nothing from elsewhere. */
  readonly html: string;
}

export interface Said extends InvitationValues {
  /** Whether it tells of new passwords, rather than of a new account. */
  readonly reset: boolean;
}

/**
 * Renders a template of `invitations/`.
 *
 * Throws a {@link Failure}: `template-missing`, or `template-broken` with file and line.
 */
export function renderInvitation(template: string, said: Said, directory?: string): Message {
  const files = templateFiles(template, directory);
  const scope = scopeOf(said);
  const subject = render(files, "subject.txt", scope).replaceAll(/\s+/g, " ").trim();
  if (subject === "") throw broken(files, "subject.txt", "it says nothing");
  return {
    subject,
    text: `${render(files, "body.txt", scope)
      .replaceAll(/[^\S\n]+\n/g, "\n")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trim()}\n`,
    html: htmlDocument(subject, sanitiseBody(render(files, "body.html", scope))),
  };
}

/**
 * Fails as {@link renderInvitation} would with any values: it's rendered with all of them and with none that may be
 * absent, as an invitation and as a reset.
 */
export function checkTemplate(template: string, directory?: string): void {
  for (const values of [full, bare]) {
    for (const reset of [false, true]) renderInvitation(template, { ...values, reset }, directory);
  }
}

type Files = ReadonlyMap<string, TemplateFile>;

function render(files: Files, name: string, scope: object): string {
  if (!files.has(name)) throw broken(files, name, "it is in neither folder");
  const liquid = new Liquid({
    // From memory: a template reaches its folder and no other file.
    templates: Object.fromEntries([...files].map(([each, { text }]) => [each, text])),
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    timezoneOffset: 0,
    locale: "en",
    parseLimit: 1_000_000,
    memoryLimit: 1_000_000,
    renderLimit: 5_000,
    ...(name.endsWith(".html") && { outputEscape: "escape" as const }),
  });
  try {
    return String(liquid.renderFileSync(name, scope));
  } catch (error) {
    throw broken(files, name, error);
  }
}

const position = /, (?:file:(?<file>[^,]*), )?line:(?<line>\d+), col:\d+$/;

function broken(files: Files, name: string, error: unknown): Failure {
  const said = LiquidError.is(error) || error instanceof Error ? error.message : String(error);
  const { file = "", line } = position.exec(said)?.groups ?? {};
  const path = files.get(file)?.path ?? files.get(name)?.path ?? `invitations/default/${name}`;
  const where = line === undefined ? path : `${path}, line ${line}`;
  return new Failure("template-broken", `${where}: ${said.replace(position, "")}`, {
    system: "Mail",
    fix: "mend the template; docs/invitations.md lists what one can say",
    cause: error,
  });
}

/** Everything has a name in here, so that a name which isn't is a mistake. What is absent is nil. */
function scopeOf({ person, tenant, systems, expires, support, reset }: Said): object {
  return oneLine({
    person,
    tenant,
    systems: systems.map(({ title, url, details, username, password, signIn }) => ({
      title,
      url: url ?? null,
      details: details ?? [],
      username: username ?? null,
      password: password ?? null,
      signIn: signIn ?? null,
    })),
    expires: expires ?? null,
    support: { name: support.name ?? null, email: support.email ?? null, url: support.url ?? null },
    reset,
  });
}

/** Without control characters, line ends, and what turns the direction of text around: a value is part of a line. */
const unprintable = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

function oneLine<T>(value: T): T;
function oneLine(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(unprintable, " ");
  if (Array.isArray(value)) return value.map((each: unknown) => oneLine(each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, oneLine<unknown>(each)]));
}

const bare: InvitationValues = {
  person: { firstName: "Ada", lastName: "Ashford", username: "ada", email: "ada@acme.example" },
  tenant: { id: "acme", name: "Acme" },
  systems: [{ title: "Database" }],
  support: {},
};

const full: InvitationValues = {
  ...bare,
  systems: [
    {
      title: "Database",
      url: "https://acme.example",
      details: [{ label: "Host", value: "db.acme.example" }],
      username: "acme_ada",
      password: "one-time",
      signIn: "with your Acme account",
    },
  ],
  expires: "2030-06-30",
  support: { name: "Ben", email: "ben@acme.example", url: "https://acme.example/help" },
};
