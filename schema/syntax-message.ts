import type { ErrorCode, YAMLError } from "yaml";

/** The parser's errors in words that say what to do. Its own messages quote the text, which may hold a secret. */
const messages: Partial<Readonly<Record<ErrorCode, string>>> = {
  BAD_ALIAS: "an alias (*) is not allowed in tenant files; quote a text that starts with *",
  BAD_DIRECTIVE: "a line that starts with % is not allowed; quote a text that starts with %",
  BAD_DQ_ESCAPE: "an escape in \"…\" that YAML does not know; write \\\\ for a backslash or use '…'",
  BAD_INDENT: "the indentation does not fit the lines around it; is a bracket or quote not closed before?",
  BAD_SCALAR_START: "a text can't start with this character; put it in quotes",
  BLOCK_AS_IMPLICIT_KEY:
    "a map or list starts in the middle of a line; is there one colon too many, or quotes missing?",
  BLOCK_IN_FLOW: "an indented map or list inside […] or {…}; close the bracket first",
  KEY_OVER_1024_CHARS: "a key is longer than 1024 characters; is a quote not closed?",
  MISSING_CHAR: "a closing quote, bracket, comma, colon or space is missing",
  MULTILINE_IMPLICIT_KEY:
    "a key runs over several lines; is a colon, quote or indentation wrong on the line before?",
  MULTIPLE_DOCS: "a second document starts here (---); one file is one tenant",
  TAB_AS_INDENT: "a tab as indentation; YAML wants spaces",
  TAG_RESOLVE_FAILED: "a tag (!) is not allowed in tenant files; quote a text that starts with !",
  UNEXPECTED_TOKEN: "this is not expected here; is something missing before it, or quotes around it?",
};

/** Says what is wrong with a text that isn't YAML. */
export function syntaxMessage(error: YAMLError): string {
  return messages[error.code] ?? `not valid YAML (${error.code.toLowerCase().replaceAll("_", " ")})`;
}
