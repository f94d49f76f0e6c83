import sanitizeHtml from "sanitize-html";

/**
 * The classes that a template's body can use beside inline styles. Where a mail program knows the reader's preference,
 * they turn dark; where it knows no style sheets, the inline styles stand.
 */
const darkStyle = `
@media (prefers-color-scheme: dark) {
  .page { background-color: #111827 !important; color: #f3f4f6 !important; }
  .card { background-color: #1f2937 !important; border-color: #374151 !important; }
  .panel { background-color: #111827 !important; border-color: #374151 !important; }
  .muted { color: #c3c9d4 !important; }
  .link { color: #93c5fd !important; }
  .button { background-color: #93c5fd !important; color: #111827 !important; }
}`;

/** Puts a sanitised body into a document that mail programs show in the reader's colours. */
export function htmlDocument(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${sanitizeHtml(title, { allowedTags: [], disallowedTagsMode: "escape" })}</title>
<style>${darkStyle}
</style>
</head>
<body class="page" style="margin: 0; padding: 0; background-color: #f3f4f6; color: #111827;">
${body.trim()}
</body>
</html>
`;
}
