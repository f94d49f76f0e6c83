import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";

/** Jest's transform: the same type stripping that Node does at run time, so tests run the code that users run. */
export default {
  /** @param {string} source */
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  /** @param {string} source */
  getCacheKey: (source) => createHash("sha256").update(process.version).update(source).digest("hex"),
};
