import type { Health } from "../fleet/overview/health.ts";
import { html, type Markup } from "./html.ts";

/** What each health is called, and looks like: never by its colour alone. */
export const looks: Readonly<Record<Health, { readonly title: string; readonly icon: string }>> = {
  failing: { title: "Failing", icon: "failing" },
  unreachable: { title: "Unreachable", icon: "unreachable" },
  drifted: { title: "Drifted", icon: "drifted" },
  "to deploy": { title: "To deploy", icon: "to-deploy" },
  unknown: { title: "Not looked at", icon: "unknown" },
  well: { title: "As declared", icon: "well" },
};

/** A health with its sign. */
export function badge(health: Health): Markup {
  const { title, icon } = looks[health];
  return html`<span class="badge is-${icon}">${sign(icon)}${title}</span>`;
}

export function sign(icon: string): Markup {
  return html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><use href="#sign-${icon}" /></svg>`;
}

/** The shapes that signs refer to. */
export const iconSheet: Markup = html`<svg class="sheet" aria-hidden="true" width="0" height="0">
  <symbol id="sign-failing" viewBox="0 0 16 16">
    <path class="full" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />
    <path class="cut" d="M5.5 5.5l5 5m0-5l-5 5" />
  </symbol>
  <symbol id="sign-unreachable" viewBox="0 0 16 16">
    <path class="line" d="M1.5 6a9.5 9.5 0 0 1 13 0M4 9a6 6 0 0 1 8 0M2 14L14 2" />
    <circle class="full" cx="8" cy="12.5" r="1.4" />
  </symbol>
  <symbol id="sign-drifted" viewBox="0 0 16 16">
    <path class="full" d="M8 1l7.5 13.5H.5z" />
    <path class="cut" d="M8 5.8v4M8 12v.4" />
  </symbol>
  <symbol id="sign-to-deploy" viewBox="0 0 16 16">
    <circle class="line" cx="8" cy="8" r="6.5" />
    <path class="line" d="M8 11.5v-7M5 7.2l3-3 3 3" />
  </symbol>
  <symbol id="sign-unknown" viewBox="0 0 16 16">
    <circle class="line dashed" cx="8" cy="8" r="6.5" />
    <path class="line" d="M5 8h6" />
  </symbol>
  <symbol id="sign-well" viewBox="0 0 16 16">
    <circle class="full" cx="8" cy="8" r="7.3" />
    <path class="cut" d="M4.7 8.3l2.3 2.3 4.3-4.8" />
  </symbol>
  <symbol id="sign-open" viewBox="0 0 16 16"><path class="line" d="M6 3.5l4.5 4.5L6 12.5" /></symbol>
</svg>`;
