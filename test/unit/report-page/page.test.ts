import { describe, expect, test } from "@jest/globals";
import type { FleetOverview } from "../../../fleet/overview/overview.ts";
import { reportPage } from "../../../report-page/page.ts";
import { nastyName, sampleOverview } from "../../support/sample-overview.ts";

const sample = sampleOverview(60);
const page = reportPage(sample);
const empty: FleetOverview = { ...sample, tenants: [], orphans: [], driftAt: undefined };

describe("the page", () => {
  test("refers to nothing outside, but for links to systems", () => {
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|form)[^>]*\s(?:src|action)=/);
    const addresses = [...page.matchAll(/(href|src)="([^"]*)"/g)];
    const loaded = addresses.filter(
      ([, , url = ""]) => !/^(?:#|data:,|https:\/\/[a-z]+\.example\.com\/)/.test(url),
    );
    expect(loaded).toEqual([]);
    expect(page).not.toMatch(/url\(|@import/);
  });

  test("allows its own style and script alone", () => {
    const policy = /Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1] ?? "";
    expect(policy).toContain("default-src &#39;none&#39;");
    expect(policy).not.toContain("unsafe");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<[^>]+\s(?:style|on\w+)="/);
  });

  test("takes nobody's name for markup", () => {
    expect(page).not.toContain(nastyName);
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; Söhne &lt;img src=x");
  });

  test("says how many are how, by plan and status", () => {
    const tile = (health: string): string | undefined =>
      new RegExp(`data-health="${health}"[^>]*>\\s*<span class="tile-count">(\\d+)`).exec(page)?.[1];
    for (const health of ["failing", "unreachable", "drifted", "to deploy", "unknown", "well"] as const)
      expect(tile(health)).toBe(String(sample.tenants.filter((each) => each.health === health).length));
    expect(page).toMatch(/<dt>suspended<\/dt>\s*<dd>[^]*?<\/svg\s*>\s*5\s*<\/dd/);
  });

  test("shows problems with their place and remedy, drift as found and wanted, orphans", () => {
    for (const text of [
      "tenants/acme.yaml:38:5",
      "set `expires` for the person",
      "<strong>PostgreSQL login umbrella_eve</strong> there, and in no file",
      "found <ins>9</ins>, wanted <ins>150</ins>",
      "1 difference ignored",
      "prod.oscorp",
      "this environment has none",
    ])
      expect(page).toContain(text);
  });

  test("of nobody, and with what is wrong beside tenants", () => {
    const problem = { severity: "error", code: "folder-unreadable", message: "can't be read <x>" } as const;
    const none = { system: undefined, fix: undefined, resource: undefined, position: undefined };
    const text = reportPage({ ...empty, problems: [{ ...problem, ...none }] });
    expect(text).toContain("0 tenants");
    expect(text).toContain("nobody looked for drift");
    expect(text).toContain("can&#39;t be read &lt;x&gt;");
    expect(text).toContain("Every stack has a tenant’s file.");
  });
});
