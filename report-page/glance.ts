import { healths } from "../fleet/overview/health.ts";
import type { FleetOverview, TenantOverview } from "../fleet/overview/overview.ts";
import { plans, statuses } from "../schema/tenant.ts";
import { html, type Markup } from "./html.ts";
import { looks, sign } from "./icons.ts";
import { count } from "../report/count.ts";

/** The fleet at a glance: how many tenants are how, and of which plan and status. */
export function glance({ tenants, orphans }: FleetOverview): Markup {
  const counts = healths.map((health) => ({
    health,
    count: tenants.filter((each) => each.health === health).length,
  }));
  const tiles = counts.map(
    ({ health, count }) =>
      html`<li>
        <button
          type="button"
          class="tile is-${looks[health].icon}"
          data-health="${health}"
          aria-pressed="false"
          ${count === 0 ? html` disabled` : ""}
        >
          <span class="tile-count">${count.toLocaleString("en")}</span>
          <span class="tile-title">${sign(looks[health].icon)}${looks[health].title}</span>
        </button>
      </li>`,
  );
  return html`<section aria-labelledby="glance-title">
    <h2 id="glance-title" class="hidden">At a glance</h2>
    ${bar(counts, tenants.length)}
    <ul class="tiles">
      ${tiles}
    </ul>
    <div class="breakdowns">
      ${breakdown("By plan", plans, tenants, ({ declared }) => declared?.plan)}
      ${breakdown("By status", statuses, tenants, ({ declared }) => declared?.status)}
      <p class="aside">
        ${
          orphans.length === 0
            ? "Every stack has a tenant’s file."
            : html`<a href="#orphans">${count(orphans.length, "stack")} without a tenant’s file</a>`
        }
      </p>
    </div>
  </section>`;
}

interface Count {
  readonly health: (typeof healths)[number];
  readonly count: number;
}

/** One bar for the whole fleet. Its numbers are in the tiles below. */
function bar(counts: readonly Count[], total: number): Markup {
  let from = 0;
  const pieces = counts.flatMap(({ health, count }) => {
    if (count === 0) return [];
    const [start, width] = [(from / total) * 100, (count / total) * 100];
    from += count;
    return html`<rect
      class="is-${looks[health].icon}"
      x="${start.toFixed(3)}%"
      width="${width.toFixed(3)}%"
      height="100%"
    />`;
  });
  return html`<svg class="bar" aria-hidden="true" width="100%" height="8">${pieces}</svg>`;
}

function breakdown(
  title: string,
  values: readonly string[],
  tenants: readonly TenantOverview[],
  of: (tenant: TenantOverview) => string | undefined,
): Markup {
  const entries = values.map(
    (value) => [value, tenants.filter((each) => of(each) === value).length] as const,
  );
  const largest = Math.max(1, ...entries.map(([, count]) => count));
  const rows = entries.map(
    ([value, count]) =>
      html`<div>
        <dt>${value}</dt>
        <dd>
          <svg class="meter" aria-hidden="true" width="72" height="6">
            <rect class="rest" width="100%" height="100%" rx="3" />
            <rect width="${((count / largest) * 100).toFixed(1)}%" height="100%" rx="3" /></svg
          >${count.toLocaleString("en")}
        </dd>
      </div>`,
  );
  return html`<div class="breakdown">
    <h3>${title}</h3>
    <dl>${rows}</dl>
  </div>`;
}
