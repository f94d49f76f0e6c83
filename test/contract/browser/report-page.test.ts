import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { z } from "zod";
import { reportPage } from "../../../report-page/page.ts";
import { noBrowser, startBrowser } from "../../support/headless-browser.ts";
import { sampleOverview } from "../../support/sample-overview.ts";
import { testRoot } from "../../support/servers.ts";

/** CI keeps what is in here. */
const folder = join(testRoot, "screenshots");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const violations = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

const desktop = { width: 1280, height: 900 };
const phone = { width: 375, height: 812 };

if (noBrowser !== undefined) console.warn(`the report's page is not tested: ${noBrowser}`);
(noBrowser === undefined ? describe : describe.skip)("the report's page in a browser", () => {
  let browser: Browser;
  /** What the page said on its console, and asked the network for. */
  let said: string[];

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    for (const size of [60, 1000])
      writeFileSync(join(folder, `${size}.html`), reportPage(sampleOverview(size)));
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  async function open(
    size: 60 | 1000,
    {
      colorScheme = "light",
      viewport = desktop,
    }: { colorScheme?: "light" | "dark"; viewport?: typeof phone } = {},
    hash = "",
  ): Promise<Page> {
    const page = await browser.newPage({ colorScheme, viewport });
    const url = pathToFileURL(join(folder, `${size}.html`)).href + hash;
    said = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => {
      if (request.url() !== url.replace(/#.*/, "")) said.push(request.url());
    });
    await page.goto(url);
    return page;
  }
  const shown = (page: Page): Promise<string[]> => page.locator("tbody.tenant:visible .id").allTextContents();
  const pressTab = async (page: Page, times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) await page.keyboard.press("Tab");
  };
  const focused = (page: Page): Promise<string> =>
    page.evaluate(`document.activeElement.innerText || document.activeElement.name || ""`);

  test.each([
    ["light", "light", desktop],
    ["dark", "dark", desktop],
    ["phone", "light", phone],
    ["phone-dark", "dark", phone],
  ] as const)(
    "%s: no complaint, no request, no violation, no scrolling aside",
    async (name, colorScheme, viewport) => {
      const page = await open(60, { colorScheme, viewport });
      await page.screenshot({ path: join(folder, `${name}.png`) });
      for (const nth of [0, 2, 3]) await page.locator(".opener").nth(nth).click();
      await page.screenshot({ path: join(folder, `${name}-open.png`), fullPage: true });
      // By the debugger, which the page's own policy doesn't bind.
      await page.evaluate(axe);
      const found = violations.parse(await page.evaluate("axe.run()"));
      expect(found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual(
        [],
      );
      const widths = z.tuple([z.number(), z.number()]);
      const [content, window] = widths.parse(
        await page.evaluate("[document.documentElement.scrollWidth, innerWidth]"),
      );
      expect(content).toBeLessThanOrEqual(window);
      expect(said).toEqual([]);
      expect(await page.evaluate("document.scripts.length")).toBe(1);
      await page.close();
    },
  );

  test("by the keyboard alone: skipping, filtering, searching, sorting, opening", async () => {
    const page = await open(60);
    await pressTab(page, 1);
    expect(await focused(page)).toBe("Skip to the tenants");
    await page.keyboard.press("Enter");
    await pressTab(page, 1);
    expect(await focused(page)).toBe("text");
    await page.keyboard.type("stark");
    expect(await shown(page)).toEqual([
      "stark-industries",
      "stark-industries-europe",
      "stark-industries-asia",
      "stark-industries-retail",
    ]);
    expect(await page.getByRole("status").textContent()).toBe("4 of 60 tenants");
    await page.keyboard.type(" xyzzy");
    expect(await page.locator(".nobody").isVisible()).toBe(true);
    await pressTab(page, 3);
    expect(await focused(page)).toBe("Clear");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("status").textContent()).toBe("60 tenants");
    await pressTab(page, 1);
    expect(await focused(page)).toMatch(/^Tenant/);
    await page.keyboard.press("Enter");
    expect(await page.getByRole("columnheader", { name: "Tenant" }).getAttribute("aria-sort")).toBe(
      "ascending",
    );
    const ids = await shown(page);
    expect(ids).toEqual([...ids].sort());
    await page.keyboard.press("Enter");
    expect(await shown(page)).toEqual([...ids].sort().reverse());
    await page.keyboard.press("Enter");
    await pressTab(page, 7);
    expect(await focused(page)).toBe("Acme");
    await page.keyboard.press("Space");
    const acme = page.getByRole("button", { name: "Acme", exact: true });
    expect(await acme.getAttribute("aria-expanded")).toBe("true");
    expect(await page.getByText("dmitri@partner.example is external").first().isVisible()).toBe(true);
    await pressTab(page, 1);
    expect(await focused(page)).toMatch(/^account console\s+of Keycloak$/);
    await page.close();
  });

  test("health, plan and status narrow it together", async () => {
    const page = await open(60);
    const drifted = page.getByRole("button", { name: /Drifted/ });
    await drifted.press("Enter");
    const all = await shown(page);
    expect(all.length).toBe(sampleOverview(60).tenants.filter(({ health }) => health === "drifted").length);
    await page.getByLabel("Plan").selectOption("basic");
    const basic = await shown(page);
    expect(basic.length).toBeGreaterThan(0);
    expect(basic.length).toBeLessThan(all.length);
    await page.getByLabel("Status").selectOption("destroyed");
    expect(await shown(page)).toEqual([]);
    await page.getByRole("button", { name: "Clear" }).click();
    expect(await drifted.getAttribute("aria-pressed")).toBe("false");
    expect(await shown(page)).toHaveLength(60);
    await page.close();
  });

  test("the newest change and the most drift come first", async () => {
    const page = await open(60);
    for (const [column, key] of [
      ["Last change", "changed"],
      ["Drift", "drift"],
    ] as const) {
      await page.getByRole("button", { name: column, exact: true }).click();
      const list = `[...document.querySelectorAll("tbody.tenant")].map(({ dataset }) => dataset.${key})`;
      const keys = z.array(z.string()).parse(await page.evaluate(list));
      const order =
        key === "drift"
          ? keys
              .map(Number)
              .sort((a, b) => b - a)
              .map(String)
          : [...keys].sort().reverse();
      expect(keys).toEqual(order);
    }
    await page.close();
  });

  test("an address opens its tenant", async () => {
    const page = await open(60, {}, "#tenant:umbrella");
    await page.getByText("found 9, wanted 150").first().waitFor();
    expect(await focused(page)).toBe("Umbrella");
    await page.close();
  });

  test("without a script everything is there to be read", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: desktop });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, "60.html")).href);
    expect(await page.getByText("found 9, wanted 150").first().isVisible()).toBe(true);
    expect(await page.getByRole("search").isVisible()).toBe(false);
    await context.close();
  });

  test("on paper there are links' addresses and no fields", async () => {
    const page = await open(60, {}, "#tenant:acme");
    await page.getByText("dmitri@partner.example is external").first().waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("search").isVisible()).toBe(false);
    expect(await page.getByText("dmitri@partner.example is external").first().isVisible()).toBe(true);
    await page.close();
  });

  test("a thousand tenants: found, sorted, opened", async () => {
    const page = await open(1000);
    expect(await page.getByRole("status").textContent()).toBe("1,000 tenants");
    await page.getByRole("searchbox").fill("wonka-labs");
    const found = await shown(page);
    expect(found.length).toBeGreaterThan(1);
    expect(found.every((id) => id.startsWith("wonka-labs"))).toBe(true);
    await page.getByRole("button", { name: "Tenant", exact: true }).press("Enter");
    expect((await shown(page))[0]).toBe("wonka-labs");
    await page.locator(".opener:visible").first().press("Enter");
    expect(await page.locator(".details:visible").count()).toBe(1);
    expect(said).toEqual([]);
    await page.close();
  });
});
