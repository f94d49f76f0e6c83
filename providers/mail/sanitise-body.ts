import sanitizeHtml from "sanitize-html";

/** What a style may say: no address, so nothing is loaded; no escapes, so that nothing hides. */
const harmless = [/^(?!.*(?:url|image|expression|attr|var)\s*\()[\w\s#%.,()'"!-]+$/i];

const properties = [
  ..."color background background-color border border-radius border-collapse border-spacing display".split(
    " ",
  ),
  ..."margin padding".split(" ").flatMap((each) => [each, ...sides(each)]),
  ...sides("border"),
  ..."font font-family font-size font-style font-weight letter-spacing line-height".split(" "),
  ..."text-align text-decoration text-transform vertical-align white-space".split(" "),
  ..."overflow-wrap word-break width min-width max-width height".split(" "),
];

/**
 * Makes what a template rendered safe to mail: structure, text, styles, and links to the web and to mailboxes stay;
 * scripts, event handlers, forms, images, fonts and whatever else loads or runs something goes.
 */
export function sanitiseBody(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      ..."h1 h2 h3 p div span a br hr strong b em i u small code pre blockquote ul ol li dl dt dd".split(" "),
      ..."table caption thead tbody tfoot tr th td".split(" "),
    ],
    allowedAttributes: {
      "*": ["style", "class", "lang", "dir", "role", "title", "align", "aria-*"],
      a: ["href"],
      table: ["border", "cellpadding", "cellspacing", "width"],
      td: ["colspan", "rowspan", "valign", "width"],
      th: ["colspan", "rowspan", "valign", "width", "scope"],
    },
    allowedSchemes: ["https", "http", "mailto"],
    allowProtocolRelative: false,
    allowedStyles: { "*": Object.fromEntries(properties.map((property) => [property, harmless])) },
    transformTags: {
      // Links within a site mean nothing in a mail.
      a: (tagName, { href, ...attribs }) => ({
        tagName,
        attribs: {
          ...attribs,
          ...(href !== undefined && /^(?:https?:\/\/|mailto:)/i.test(href) && { href }),
        },
      }),
    },
  });
}

function sides(property: string): string[] {
  return ["top", "right", "bottom", "left"].map((side) => `${property}-${side}`);
}
