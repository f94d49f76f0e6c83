import { expect, test } from "@jest/globals";
import { html, raw } from "../../../report-page/html.ts";

test("what is put in is text, between tags and in attributes", () => {
  const text = `<b title="x">'&'</b>`;
  const escaped = "&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;";
  expect(html`<p title="${text}">${text}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test("markup, lists of it, numbers and nothing", () => {
  const items = ["<1>", 2, undefined].map((each) => html`<b>${each}</b>`);
  expect(html`${items}${raw("<hr>")}${["a", "<"]}`.text).toBe("<b>&lt;1&gt;</b><b>2</b><b></b><hr>a&lt;");
});
