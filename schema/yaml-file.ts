import { CORE_SCHEMA, load } from "js-yaml";
import type { Path, Position, Problem } from "./problem.ts";
import { pathText } from "./problem.ts";
import { type YamlNode, type YamlTree, parseYamlTree } from "./yaml-tree.ts";

/**
 * What only the thorough parser judges: anchors, aliases and tags where a value starts, merge keys, directives, keys
 * with a meaning in JavaScript, and numbers that may be too large for one.
 */
const unusual = /(?<=(?:^|[[{,]|[-:?]\s)\s*)[&*!]|<<|^[%<>=]|__proto__|[\d.]e\+?\d{3}/im;

/**
 * One YAML file. The value comes from the fastest parser there is; places, and everything that is wrong, from a thorough
 * one (some 15 times slower) when somebody asks for them or the fast one refuses.
 */
export class YamlFile {
  /** Relative to the folder that holds `tenants/`. */
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  /** What is wrong with it as YAML. */
  readonly problems: readonly Problem[];
  #tree: YamlTree | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    const value = parseFast(text);
    this.value = value ?? this.#parsed().value;
    this.problems = value === undefined ? this.#yamlProblems() : [];
  }

  /** Where the value at a path starts, or undefined when this file has none there. */
  locate(path: Path): Position | undefined {
    const node = this.#node(path);
    return node && this.#position(node.offset);
  }

  /** Where the key of the value at a path starts. */
  locateKey(path: Path): Position | undefined {
    const node = this.#node(path);
    return node && this.#position(node.keyOffset);
  }

  /** The scalar at a path as it is written. */
  source(path: Path): string | undefined {
    return this.#node(path)?.source;
  }

  #parsed(): YamlTree {
    return (this.#tree ??= parseYamlTree(this.text));
  }

  #node(path: Path): YamlNode | undefined {
    let node = this.#parsed().root;
    for (const step of path) node = node?.children.get(step);
    return node;
  }

  #position(offset: number): Position {
    const { line, col } = this.#parsed().lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #yamlProblems(): Problem[] {
    return this.#parsed().problems.map(({ code, message, path, offset, relatedOffset }) => ({
      code,
      message,
      path: pathText(path),
      ...this.#position(offset),
      ...(relatedOffset === undefined ? {} : { related: this.#position(relatedOffset) }),
    }));
  }
}

/** The value of plain YAML; undefined when it isn't plain, or isn't YAML. */
function parseFast(text: string): unknown {
  if (unusual.test(text)) return undefined;
  try {
    return load(text, { schema: CORE_SCHEMA }) ?? undefined;
  } catch {
    return undefined;
  }
}
