import {
  type Document,
  LineCounter,
  type Node,
  type Pair,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from "yaml";
import type { Path } from "./problem.ts";
import { syntaxMessage } from "./syntax-message.ts";

/** A value in a YAML text with its place. */
export interface YamlNode {
  /** Where the value starts, in characters from the start of the text. */
  readonly offset: number;
  /** Where the value's key starts; in lists, the value's own start. */
  readonly keyOffset: number;
  /** A scalar as it is written, quotes included; empty for maps and lists. */
  readonly source: string;
  readonly children: ReadonlyMap<string | number, YamlNode>;
}

/** Something that is wrong with a text as YAML, whatever it means. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly path: Path;
  readonly offset: number;
  /** The other place that has a part in it. */
  readonly relatedOffset?: number;
}

export interface YamlTree {
  readonly value: unknown;
  /** Undefined when the text holds no value. */
  readonly root: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
  readonly lines: LineCounter;
  /** Whether the value can be trusted: false after a syntax error. */
  readonly sound: boolean;
}

/** Deeper than any tenant file, shallow enough for every recursive function. */
const maxDepth = 32;

/**
 * Parses YAML 1.2 with the place of every value, and finds everything that is wrong with it. Only what JSON has too
 * is allowed: no anchors, aliases, merge keys, tags, directives, or keys that aren't text.
 */
export function parseYamlTree(text: string): YamlTree {
  const lines = new LineCounter();
  const broken = (...problems: YamlProblem[]): YamlTree => ({
    value: undefined,
    root: undefined,
    problems,
    lines,
    sound: false,
  });
  const conflict = text.search(/^(?:<{7}|>{7}|={7}$)/m);
  if (conflict >= 0) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
    return broken({ ...conflictLeft, path: [], offset: conflict });
  }
  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      // `silent` would hide a second document too.
      logLevel: "error",
      prettyErrors: false,
      schema: "core",
      // The parser compares every key with every other; `Walk` uses a map.
      uniqueKeys: false,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return broken({ ...tooDeep, path: [], offset: 0 });
  }
  if (document.errors.some(({ code }) => code === "RESOURCE_EXHAUSTION")) {
    return broken({ ...tooDeep, path: [], offset: 0 });
  }
  const syntax = document.errors.map((error) => ({
    code: "yaml-syntax",
    message: syntaxMessage(error),
    path: [],
    offset: error.pos[0],
  }));
  const forbidden = findForbidden(document);
  if (syntax.length > 0 || forbidden.length > 0) return broken(...syntax, ...forbidden);
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return broken({
      code: "file-empty",
      message: "holds no value, only white space or comments",
      path: [],
      offset: 0,
    });
  }
  const walk = new Walk();
  const { value, node } = walk.node(document.contents, [], undefined);
  return { value, root: node, problems: walk.problems, lines, sound: true };
}

const tooDeep = { code: "yaml-too-deep", message: `is nested more than ${maxDepth} levels deep` };

const conflictLeft = { code: "merge-conflict", message: "a merge conflict that is not resolved" };

/** YAML that JSON doesn't have. It is refused before anything is resolved, so that alias bombs never go off. */
function findForbidden(document: Document.Parsed): YamlProblem[] {
  const found: YamlProblem[] = [];
  const forbid = (what: string, offset: number): void => {
    found.push({
      code: "yaml-not-plain",
      message: `${what} are not allowed in tenant files: write the value out`,
      path: [],
      offset,
    });
  };
  if (document.directives.yaml.explicit === true || Object.keys(document.directives.tags).length > 1) {
    forbid("directives (%)", 0);
  }
  visit(document, {
    Alias: (_key, node) => forbid("aliases (*)", node.range?.[0] ?? 0),
    Node: (_key, node) => {
      if (isAlias(node)) return;
      if (node.anchor !== undefined) forbid("anchors (&)", node.range?.[0] ?? 0);
      if (node.tag !== undefined && node.range) forbid("tags (!)", node.range[0]);
    },
  });
  return found;
}

/** Turns nodes into values and places, and finds what only shows on the way. */
class Walk {
  readonly problems: YamlProblem[] = [];

  node(node: Node | null, path: Path, keyOffset: number | undefined): { value: unknown; node: YamlNode } {
    const offset = node?.range?.[0] ?? keyOffset ?? 0;
    const children = new Map<string | number, YamlNode>();
    const place = { offset, keyOffset: keyOffset ?? offset, source: "", children };
    if (path.length > maxDepth) {
      this.problems.push({ ...tooDeep, path, offset });
      return { value: undefined, node: place };
    }
    if (isMap<Node, Node | null>(node)) {
      return { value: Object.fromEntries(this.#entries(node.items, path, children)), node: place };
    }
    if (isSeq<Node>(node)) {
      const value = node.items.map((item, index) => {
        const child = this.node(item, [...path, index], undefined);
        children.set(index, child.node);
        return child.value;
      });
      return { value, node: place };
    }
    if (isScalar(node)) return { value: node.value, node: { ...place, source: node.source ?? "" } };
    return { value: null, node: place };
  }

  #entries(
    pairs: readonly Pair<Node, Node | null>[],
    path: Path,
    children: Map<string | number, YamlNode>,
  ): [string, unknown][] {
    const entries: [string, unknown][] = [];
    for (const pair of pairs) {
      const offset = pair.key.range?.[0] ?? 0;
      if (!isScalar(pair.key)) {
        this.problems.push({ code: "key-not-text", message: "this key is not text", path, offset });
        continue;
      }
      // `1: x` is the key "1", as it is in JSON and JavaScript. The model knows no such key.
      const key = String(pair.key.value);
      if (key === "__proto__") {
        this.problems.push({ code: "unknown-key", message: "unknown key", path: [...path, key], offset });
        continue;
      }
      const before = children.get(key);
      if (before !== undefined) {
        this.problems.push({
          code: "duplicate-key",
          message: `the key ${key} is there twice`,
          path: [...path, key],
          offset,
          relatedOffset: before.keyOffset,
        });
        continue;
      }
      const child = this.node(pair.value, [...path, key], offset);
      children.set(key, child.node);
      entries.push([key, child.value]);
    }
    return entries;
  }
}
