import type { FleetOverview } from "../fleet/overview/overview.ts";
import { html, type Markup } from "./html.ts";
import { problemList } from "./tenant-details.ts";
import { changesOf, moment } from "./words.ts";

/** Stacks that no tenant's file stands for. */
export function orphans({ orphans: stacks }: FleetOverview): Markup | undefined {
  if (stacks.length === 0) return undefined;
  const rows = stacks.map(
    ({ stack, resources, lastChange }) =>
      html`<tr>
        <th scope="row"><code>${stack}</code></th>
        <td class="number">${resources ?? "unknown"}</td>
        <td>
          ${lastChange ? html`${moment(lastChange.at)} <span class="quiet">${changesOf(lastChange)}</span>` : "unknown"}
        </td>
      </tr>`,
  );
  return html`<section aria-labelledby="orphans">
    <h2 id="orphans">Stacks without a tenant’s file</h2>
    <p class="lead">
      Nothing is done to them. To remove one, put its file back, marked for destruction, then
      <code>npx tenantry destroy</code>.
    </p>
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Stack</th>
          <th scope="col" class="number">Resources</th>
          <th scope="col">Last change</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

/** What is wrong beside tenants: a folder that can't be read. */
export function problemsBeside({ problems }: FleetOverview): Markup | undefined {
  if (problems.length === 0) return undefined;
  return html`<section aria-labelledby="problems">
    <h2 id="problems">What is wrong beside tenants</h2>
    ${problemList(problems)}
  </section>`;
}
