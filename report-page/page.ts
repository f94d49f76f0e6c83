import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FleetOverview } from "../fleet/overview/overview.ts";
import { glance } from "./glance.ts";
import { html, type Markup, raw } from "./html.ts";
import { iconSheet } from "./icons.ts";
import { orphans, problemsBeside } from "./leftovers.ts";
import { tenantTable } from "./tenant-table.ts";
import { count } from "../report/count.ts";
import { moment } from "./words.ts";

const style = readFileSync(new URL("page.css", import.meta.url), "utf8");
const script = readFileSync(new URL("filter-and-sort.js", import.meta.url), "utf8");

/** Nothing but the page's own style and script: no network, no other script, no form that leads anywhere. */
const policy = [
  "default-src 'none'",
  `style-src '${hashOf(style)}'`,
  `script-src '${hashOf(script)}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Renders a fleet as one HTML page that needs nothing else. */
export function reportPage(overview: FleetOverview): string {
  const { environment, madeAt, driftAt, tenants } = overview;
  const looked =
    driftAt === undefined ? "nobody looked for drift" : html`drift looked for ${moment(driftAt)}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href="data:," />
        <title>${environment}: ${count(tenants.length, "tenant")}</title>
        ${inPlace("style", style)}
      </head>
      <body>
        ${iconSheet}
        <a class="skip" href="#tenants">Skip to the tenants</a>
        <header class="top">
          <p class="overline">Tenantry fleet report</p>
          <h1>${environment}</h1>
          <p class="meta">
            ${count(tenants.length, "tenant")} · written ${moment(madeAt)} · ${looked} · times are UTC
          </p>
        </header>
        <main>
          ${glance(overview)} ${problemsBeside(overview)} ${tenantTable(overview)} ${orphans(overview)}
        </main>
        <footer>
          <p>
            Made by <code>npx tenantry report</code>. This page holds no secrets and loads nothing: it can be
            kept, mailed or printed.
          </p>
        </footer>
        ${inPlace("script", script)}
      </body>
    </html> `.text;
}

/** Its text is what the policy's hash is of, to the last space. */
function inPlace(element: "style" | "script", text: string): Markup {
  return raw(`<${element}>${text}</${element}>`);
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
