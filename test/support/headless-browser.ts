import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** An installed Chrome or Chromium that tests use in place of the one that comes by npm, which is for Linux on x64 only. */
const named = process.env["TENANTRY_TEST_BROWSER"];

/** Why no browser can be had here; undefined: one can. */
export const noBrowser: string | undefined =
  named !== undefined || (process.platform === "linux" && process.arch === "x64")
    ? undefined
    : "no browser comes by npm for this machine: set TENANTRY_TEST_BROWSER to the path of a Chrome or Chromium";

/** Starts a browser without a window. */
export async function startBrowser(): Promise<Browser> {
  if (named !== undefined) return chromium.launch({ executablePath: named, headless: true });
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // It is made for functions that run once: in a single process the first page that closes ends all.
    args: sparticuz.args.filter((each) => each !== "--single-process" && each !== "--no-zygote"),
    headless: true,
  });
}
