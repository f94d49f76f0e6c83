import { healths } from "../fleet/overview/health.ts";
import type { FleetOverview, TenantOverview } from "../fleet/overview/overview.ts";
import { plans, statuses } from "../schema/tenant.ts";
import { html, type Markup } from "./html.ts";
import { badge, sign } from "./icons.ts";
import { tenantDetails } from "./tenant-details.ts";
import { count } from "../report/count.ts";
import { changesOf, moment } from "./words.ts";

const columns = [
  { key: "id", title: "Tenant" },
  { key: "health", title: "Health" },
  { key: "plan", title: "Plan" },
  { key: "status", title: "Status" },
  { key: "systems", title: "Systems" },
  { key: "changed", title: "Last change" },
  { key: "drift", title: "Drift" },
] as const;

/** Every tenant: a row each that opens, with what finds, filters and sorts them. */
export function tenantTable({ tenants }: FleetOverview): Markup {
  const heads = columns.map(
    ({ key, title }) =>
      html`<th
        scope="col"
        class="col-${key}${key === "drift" ? " number" : ""}"
        aria-sort="${key === "health" ? "ascending" : "none"}"
      >
        <button type="button" data-sort="${key}">
          ${title}<span class="arrow" aria-hidden="true"></span>
        </button>
      </th>`,
  );
  return html`<section aria-labelledby="tenants">
    <h2 id="tenants" tabindex="-1">Tenants</h2>
    <form class="toolbar" role="search" aria-label="Tenants" hidden>
      <label class="wide"
        >Search<input
          type="search"
          name="text"
          autocomplete="off"
          spellcheck="false"
          placeholder="Name, id, region, system, problem …"
      /></label>
      ${select("plan", "Plan", plans)} ${select("status", "Status", statuses)}
      <button type="button" name="clear">Clear</button>
      <p role="status" class="shown">${count(tenants.length, "tenant")}</p>
    </form>
    <table class="tenants">
      <caption class="hidden">
        Tenants; each name opens what is known of it
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      ${tenants.map(row)}
    </table>
    <p class="nobody" hidden>No tenant is like that.</p>
  </section>`;
}

function select(name: string, title: string, values: readonly string[]): Markup {
  const options = values.map((value) => html`<option value="${value}">${value}</option>`);
  return html`<label
    >${title}<select name="${name}">
      <option value="">all</option>
      ${options}
    </select></label
  >`;
}

function row(tenant: TenantOverview, index: number): Markup {
  const { id, declared, health, reason, systems, lastChange, drift } = tenant;
  const there = systems.filter(({ standing }) => standing === "there");
  const found = driftCount(drift);
  const name = declared?.name ?? id;
  const details = `details-${index}`;
  return html`<tbody
    class="tenant"
    id="tenant:${id.replaceAll(/\s/g, "_")}"
    data-id="${id}"
    data-health="${health}"
    data-rank="${healths.indexOf(health)}"
    data-plan="${declared?.plan}"
    data-status="${declared?.status}"
    data-systems="${there.length}"
    data-changed="${lastChange?.at}"
    data-drift="${found ?? -1}"
    data-text="${searchText(tenant)}"
  >
    <tr>
      <th scope="row">
        <button type="button" class="opener" aria-expanded="false" aria-controls="${details}">
          ${sign("open")}<span class="name">${name}</span>
        </button>
        <code class="id">${id}</code>
        <span class="brief">${brief(declared)}</span>
      </th>
      <td class="col-health">${badge(health)}<span class="reason">${reason}</span></td>
      <td class="col-plan">${declared?.plan ?? none}</td>
      <td class="col-status">
        ${declared === undefined ? none : html`<span class="status is-${declared.status}">${declared.status}</span>`}
      </td>
      <td class="col-systems">${there.length === 0 ? none : there.map(({ title }) => title).join(", ")}</td>
      <td class="col-changed">
        ${lastChange === undefined ? none : html`${moment(lastChange.at)}<span class="reason">${changesOf(lastChange)}</span>`}
      </td>
      <td class="col-drift number">${found ?? none}</td>
    </tr>
    <tr class="details" id="${details}" hidden>
      <td colspan="${columns.length}">${tenantDetails(tenant)}</td>
    </tr>
  </tbody>`;
}

/** What small screens have no columns for. */
function brief(declared: TenantOverview["declared"]): string {
  if (declared === undefined) return "";
  const { plan, status } = declared;
  return status === "active" ? plan : `${plan} · ${status}`;
}

const none = html`<span class="quiet"
  ><span aria-hidden="true">–</span><span class="hidden">not known</span></span
>`;

/** How many things drifted; undefined: nobody could look at all of it, and nothing was found. */
function driftCount(drift: TenantOverview["drift"]): number | undefined {
  if (drift === undefined) return undefined;
  const count = drift.changes.length + (drift.strays ?? []).length;
  return count === 0 && drift.result !== "succeeded" ? undefined : count;
}

/** What a search looks in. */
function searchText({ id, declared, file, reason, systems, problems }: TenantOverview): string {
  const { name, region, kind, parent, domains = [], plan, status } = declared ?? {};
  return [
    ...[id, name, region, kind, parent, plan, status, file, reason],
    ...domains,
    ...systems.map(({ title }) => title),
    ...problems.map(({ code, message }) => `${code} ${message}`),
  ]
    .join(" ")
    .toLowerCase();
}
