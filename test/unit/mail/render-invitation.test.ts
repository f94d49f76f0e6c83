import { afterAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { execFileSync } from "node:child_process";
import { readdirSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { checkTemplate, renderInvitation, type Said } from "../../../providers/mail/render-invitation.ts";
import { invitationsDirectory } from "../../../providers/mail/template-files.ts";
import { said, TemplatesFolder } from "./invitation-samples.ts";

const folder = new TemplatesFolder();
afterAll(() => folder.remove());
const render = (template: string, values: Said = said): ReturnType<typeof renderInvitation> =>
  renderInvitation(template, values, folder.path);

/** The text of a document as a reader sees it. */
const visible = (html: string): string =>
  html
    .replace(/<head>.*<\/head>/s, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

describe("the project's templates", () => {
  test.each(readdirSync(invitationsDirectory))("%s is sound", (name) => {
    checkTemplate(name);
  });

  test("text and HTML say everything", () => {
    const { subject, text, html } = renderInvitation("default", said);
    expect(subject).toBe("Welcome to Acme & Sons: your access");
    for (const part of [
      ..."Chloé Dubois|Acme & Sons|Your account|https://id.acme.example/account?a=1&b=2".split("|"),
      ..."chloe|Once-Only.1|Database|db.acme.example|5432|acme_chloe|Once-Only.2|Chat".split("|"),
      ..."https://chat.acme.example|with your account|June 30, 2030|What to do first".split("|"),
      ..."Ben Bauer|ben@acme.example|https://help.acme.example|chloe@acme.example".split("|"),
    ]) {
      expect(text.toLowerCase()).toContain(part.toLowerCase());
      expect(visible(html)).toContain(part);
    }
    expect(html).toContain('href="https://id.acme.example/account?a=1&amp;b=2"');
    expect(html).toContain('href="mailto:ben@acme.example"');
  });

  test("what is absent leaves no trace", () => {
    const { systems, person, tenant, reset } = said;
    const bare = { person, tenant, reset, systems: systems.slice(2), support: {} };
    const { text, html } = renderInvitation("default", bare);
    for (const shown of [text, visible(html)]) {
      expect(shown).not.toMatch(/password:|null|undefined|until when|june/i);
      expect(shown).toMatch(/ask whoever looks after Acme & Sons/i);
    }
    expect(text).not.toMatch(/\n\n\n/);
  });

  test("a reset says so", () => {
    const { subject, text, html } = renderInvitation("default", { ...said, reset: true });
    expect(subject).toBe("Acme & Sons: your new passwords");
    for (const shown of [text, visible(html)]) {
      expect(shown).toMatch(/somebody asked for new passwords/);
      expect(shown).not.toMatch(/you have access to/);
    }
  });

  test.each(["America/Los_Angeles", "Pacific/Kiritimati"])("a last day is that day in %s too", (TZ) => {
    const module = new URL("../../../providers/mail/render-invitation.ts", import.meta.url).href;
    const script = `import { renderInvitation } from ${JSON.stringify(module)};
      process.stdout.write(renderInvitation("default", ${JSON.stringify(said)}).text);`;
    const text = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      env: { ...process.env, TZ },
      encoding: "utf8",
    });
    expect(text).toContain("June 30, 2030");
  });

  test("it loads nothing and runs nothing, and reads in the dark", () => {
    const { html } = renderInvitation("default", said);
    expect(html).not.toMatch(/<(?:script|img|link|iframe|form|object|video)|\ssrc=|url\(|@import|\son\w+=/i);
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain("<title>Welcome to Acme &amp; Sons: your access</title>");
  });
});

describe("hostile values", () => {
  const hostile = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><script>",
    "{{ person.email }}{% raw %}",
    "Ada\r\nBcc: everybody@acme.example\r\n\r\nhello",
    "\u2028line\u2029end\u0000\u0007\u202Etxt.exe",
    "&lt;script&gt;",
  ];

  test.each(hostile)("%j stays a text", (name) => {
    const { subject, text, html } = renderInvitation("default", {
      ...said,
      person: { ...said.person, firstName: name },
      tenant: { id: "acme", name },
      systems: [{ title: name, details: [{ label: name, value: name }], username: name, signIn: name }],
      support: { name },
    });
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202E]/u);
    expect(text).not.toMatch(/^Bcc:/m);
    expect(html).not.toMatch(/<script|<img|<[^>]*onerror|\u202E/i);
    // In the mail stands what the name says, not what it would do.
    const shown = name.replaceAll(/[\p{Cc}\u2028\u2029\u202E]+/gu, " ").replaceAll(/\s+/g, " ");
    expect(text.replaceAll(/\s+/g, " ")).toContain(shown);
    expect(visible(html).replaceAll(/\s+/g, " ")).toContain(shown);
  });

  test("any name gives one line and the same tags", () => {
    const tags = (html: string): string[] => html.match(/<\/?[a-z][^\s>]*/gi) ?? [];
    const anyName = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.stringMatching(/^<\/?(?:b|p|td|a|script)[ >\w='"\r\n{}%/&;]*$/),
    );
    const usual = tags(render("default").html);
    fc.assert(
      fc.property(anyName, (name) => {
        const person = { ...said.person, firstName: name, lastName: name, username: name };
        const { subject, html } = render("default", { ...said, person, tenant: { id: "acme", name } });
        expect(subject).not.toMatch(/[\r\n]/);
        expect(tags(html)).toEqual(usual);
      }),
      { numRuns: 200 },
    );
  });
});

describe("templates of a tenant", () => {
  test("a file that it lacks is the default's", () => {
    folder.write("acme/subject.txt", "Willkommen bei\n {{ tenant.name }}!\n\n");
    const { subject, text } = render("acme");
    expect(subject).toBe("Willkommen bei Acme & Sons!");
    expect(text).toBe(render("default").text);
  });

  test("it can be put together from parts, of default too", () => {
    folder.write("default/greeting.txt", "Hello {{ person.firstName }}");
    folder.write("parts/body.txt", "{% render 'greeting.txt', person: person %}, {% include 'bye.txt' %}");
    folder.write("parts/bye.txt", "bye {{ tenant.name }}");
    expect(render("parts").text).toBe("Hello Chloé, bye Acme & Sons\n");
  });

  test("only sound HTML is left of it", () => {
    folder.write(
      "hostile/body.html",
      `<h1 onclick="a()" style="color: red; position: fixed; background: url(https://evil.example/x)">Hi</h1>
       <script>steal()</script><style>@import "https://evil.example"</style><img src="https://evil.example/pixel">
       <form action="https://evil.example"><input name="password"><button>Go</button></form>
       <a href="javascript:steal()">a</a><a href="//evil.example">b</a><a href="/c">c</a><a href="data:text/html,x">d</a>
       <a href=" JaVaScRiPt:steal()">e</a><a href="https://acme.example" target="_blank" onmouseover="x()">f</a>
       <a href="mailto:ben@acme.example">g</a><iframe src="https://evil.example"></iframe><svg onload="x()"></svg>
       <link rel="stylesheet" href="https://evil.example"><meta http-equiv="refresh" content="0;https://evil.example">
       <p style="font-family: \\75 rl(x); background-image: url('x')">{{ person.firstName | raw }}</p>
       <base href="https://evil.example"><object data="x"></object><video src="x"></video></body></html><script>late()</script>`,
    );
    const { html } = render("hostile", {
      ...said,
      person: { ...said.person, firstName: "<script>alert(1)</script>" },
    });
    expect(html).not.toMatch(
      /script|evil|onclick|onload|onmouse|<form|<input|<svg|<meta http|<base|<object|\\75|url\(/i,
    );
    expect(html.match(/href="[^"]*"/g)).toEqual([
      'href="https://acme.example"',
      'href="mailto:ben@acme.example"',
    ]);
    expect(html).toContain('<h1 style="color:red">Hi</h1>');
    expect(html.match(/<\/html>/g)).toHaveLength(1);
  });

  test.each([
    ["of another template", "{% render '../default/body.txt' %}"],
    ["of the project", "{% include '../../package.json' %}"],
    ["of the machine", "{% layout '/etc/passwd' %}"],
    ["that is computed", "{% assign f = '/etc/' | append: 'passwd' %}{% include f %}"],
  ])("it reaches no file %s", (_which, text) => {
    folder.write("reaching/body.txt", text);
    expect(() => render("reaching")).toThrow(expect.objectContaining({ code: "template-broken" }));
  });

  test("nor through a link", () => {
    folder.write("linked/subject.txt", "Hello");
    symlinkSync("/etc/passwd", join(folder.path, "linked", "body.txt"));
    expect(render("linked").text).toBe(render("default").text);
  });

  test("it reaches nothing of JavaScript", () => {
    folder.write("prototype/body.txt", "{{ person.constructor }}");
    expect(() => render("prototype")).toThrow(expect.objectContaining({ code: "template-broken" }));
  });

  test.each([
    ["loops for ever", "{% for i in (1..100000000) %}{% for j in (1..100000000) %}x{% endfor %}{% endfor %}"],
    [
      "fills the memory",
      "{% assign a = 'xxxxxxxxxx' %}{% for i in (1..100) %}{% assign a = a | append: a %}{% endfor %}",
    ],
    ["includes itself", "{% include 'body.txt' %}"],
  ])("one that %s is broken, not the run", (_what, text) => {
    folder.write("greedy/body.txt", text);
    expect(() => render("greedy")).toThrow(expect.objectContaining({ code: "template-broken" }));
  });
});

describe("what is wrong is found without anybody's values", () => {
  test.each<[string, string, string, RegExp]>([
    [
      "a name that isn't",
      "body.html",
      "<p>\n{{ person.nickname }}</p>",
      /broken\/body\.html, line 2: undefined variable: person\.nickname/,
    ],
    [
      "a name in a branch",
      "body.txt",
      "{% if expires == nil %}{{ nobody }}{% endif %}",
      /broken\/body\.txt, line 1: undefined variable: nobody/,
    ],
    ["a name of a reset", "body.txt", "{% if reset %}{{ nobody }}{% endif %}", /undefined variable: nobody/],
    [
      "a name in a condition",
      "body.txt",
      "{% if person.vip %}!{% endif %}",
      /undefined variable: person\.vip/,
    ],
    [
      "a name in a loop",
      "body.txt",
      "{% for s in systems %}{{ s.link }}{% endfor %}",
      /undefined variable: s\.link/,
    ],
    [
      "a filter that isn't",
      "subject.txt",
      "{{ tenant.name | shout }}",
      /broken\/subject\.txt, line 1: undefined filter: shout/,
    ],
    ["what isn't closed", "body.html", "{% if reset %}", /broken\/body\.html, line 1: tag .* not closed/],
    ["a subject of nothing", "subject.txt", " \n ", /broken\/subject\.txt: it says nothing/],
  ])("%s", (_what, file, text, message) => {
    folder.write(`broken/${file}`, text);
    try {
      expect(() => checkTemplate("broken", folder.path)).toThrow(
        expect.objectContaining({
          code: "template-broken",
          system: "Mail",
          message: expect.stringMatching(message),
        }),
      );
    } finally {
      unlinkSync(join(folder.path, "broken", file));
    }
  });

  test("a mistake in what is taken from default is default's", () => {
    const other = new TemplatesFolder();
    other.write("default/body.html", "\n\n{{ oops }}");
    other.write("acme/subject.txt", "Hello");
    expect(() => checkTemplate("acme", other.path)).toThrow(
      /^invitations\/default\/body\.html, line 3: undefined/,
    );
    other.remove();
  });

  test("a folder that isn't there", () => {
    expect(() => checkTemplate("nowhere", folder.path)).toThrow(
      expect.objectContaining({
        code: "template-missing",
        message: expect.stringContaining("invitations/nowhere"),
      }),
    );
  });
});
