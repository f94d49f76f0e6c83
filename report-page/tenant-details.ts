import type { ReportedTenant } from "../fleet/read-report.ts";
import type { TenantOverview } from "../fleet/overview/overview.ts";
import type { SystemOverview } from "../fleet/overview/systems-of.ts";
import type { StackProblem } from "../fleet/stack-outcome.ts";
import { typeName } from "../fleet/stack-report.ts";
import { html, type Markup, type Part } from "./html.ts";
import { count } from "../report/count.ts";
import { changesOf, moment, valueText } from "./words.ts";

/** Everything that is known of one tenant. */
export function tenantDetails(tenant: TenantOverview): Markup {
  const { problems, drift, systems } = tenant;
  return html`<div class="sheet-of-tenant">
    ${
      problems.length === 0
        ? undefined
        : html`<div class="block is-wide">
            <h3>Problems</h3>
            ${problemList(problems)}
          </div>`
    }
    ${drift === undefined || !tells(drift) ? undefined : driftBlock(drift)}
    <div class="block">
      <h3>Systems</h3>
      ${
        systems.length === 0
          ? html`<p class="quiet">None is known.</p>`
          : html`<ul class="systems">
              ${systems.map(system)}
            </ul>`
      }
    </div>
    <div class="block">
      <h3>Tenant</h3>
      ${facts(tenant)}
    </div>
  </div>`;
}

/** Problems, each with where it comes from and what to do. */
export function problemList(problems: readonly StackProblem[]): Markup {
  const items = problems.map(({ severity, system: of, message, fix, resource, position }) => {
    const where = position === undefined ? undefined : `${position.file}:${position.line}:${position.column}`;
    return html`<li class="is-${severity}">
      <p>
        <strong>${severity === "error" ? "Error" : "Warning"}</strong>
        <span class="said">${of === undefined ? "" : `${of}: `}${message}</span>
      </p>
      ${where === undefined ? undefined : html`<p class="quiet"><code>${where}</code></p>`}
      ${resource === undefined ? undefined : html`<p class="quiet">${resource}</p>`}
      ${fix === undefined ? undefined : html`<p class="fix"><span>To do</span> ${fix}</p>`}
    </li>`;
  });
  return html`<ul class="problems">
    ${items}
  </ul>`;
}

const verdicts = {
  create: "missing",
  delete: "there, and not wanted",
  update: "differs",
  replace: "differs, and has to be made anew",
} as const;

/** Whether there is more to say than that nothing was found. */
function tells({ changes, strays = [], ignored = 0 }: ReportedTenant): boolean {
  return changes.length + strays.length + ignored > 0;
}

function driftBlock({ changes, strays = [], ignored = 0 }: ReportedTenant): Markup {
  const nothing = changes.length + strays.length === 0;
  const rows = changes.map(({ change, type, name, properties }) => {
    const values = properties.map(
      ({ path, from, to }) =>
        html`<div>
          <dt>${path}</dt>
          <dd>found <ins>${valueText(from)}</ins>, wanted <ins>${valueText(to)}</ins></dd>
        </div>`,
    );
    return html`<li>
      <p><strong>${typeName(type)}</strong> <code>${name}</code> ${verdicts[change]}</p>
      ${values.length === 0 ? undefined : html`<dl class="values">${values}</dl>`}
    </li>`;
  });
  const beside = strays.map(
    (stray) =>
      html`<li>
        <p><strong>${stray}</strong> there, and in no file</p>
      </li>`,
  );
  return html`<div class="block is-wide">
    <h3>Drift</h3>
    ${
      nothing
        ? undefined
        : html`<ul class="drift">
            ${rows}${beside}
          </ul>`
    }
    ${ignored === 0 ? undefined : html`<p class="quiet">${count(ignored, "difference")} ignored, as the file says.</p>`}
  </div>`;
}

const standings = {
  there: undefined,
  "to come": "to be made",
  "left out": "this environment has none",
  "to go": "to be removed",
} as const;

function system({ title, standing, links, facts: known }: SystemOverview): Markup {
  const said = standings[standing];
  return html`<li>
    <h4>${title}${said === undefined ? undefined : html` <span class="chip">${said}</span>`}</h4>
    ${
      links.length === 0
        ? undefined
        : html`<ul class="links">
            ${links.map(
              ([label, url]) =>
                html`<li>
                  <a href="${url}" rel="noreferrer">${label}<span class="hidden"> of ${title}</span></a>
                </li>`,
            )}
          </ul>`
    }
    ${known.length === 0 ? undefined : html`<dl class="facts">${known.map(([label, value]) => fact(label, html`<code>${value}</code>`))}</dl>`}
  </li>`;
}

function facts({ file, declared, resources, lastChange, drift }: TenantOverview): Markup {
  const list: [string, Part][] = [
    ["file", html`<code>${file}</code>`],
    ["kind", declared?.kind],
    ["part of", declared?.parent],
    ["region", declared?.region],
    ["domains", declared?.domains.join(", ")],
    ["people", declared?.people],
    ["resources", resources],
    ["last change", lastChange && html`${moment(lastChange.at)} ${changesOf(lastChange)}`],
    ["drift", driftWords(drift)],
  ];
  return html`<dl class="facts">
    ${list.filter(([, value]) => value !== undefined && value !== "").map(([label, value]) => fact(label, value))}
  </dl>`;
}

function driftWords(drift: TenantOverview["drift"]): string {
  if (drift === undefined) return "nobody looked";
  if (drift.result !== "succeeded") return "couldn’t be looked at as a whole";
  return drift.changes.length + (drift.strays ?? []).length === 0 ? "none" : "see above";
}

function fact(label: string, value: Part): Markup {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}
