import { Refusal } from "./refusal.ts";

/** A field that a GraphQL query asks for, with its arguments filled in. */
export interface Selection {
  readonly key: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: readonly Selection[];
}

type Variables = Readonly<Record<string, unknown>>;

/** Reads one operation of a GraphQL document: fields, arguments, variables and aliases, but no fragments or directives. */
export function parseQuery(query: string, variables: Variables): readonly Selection[] {
  const tokens = query
    .replaceAll(/#.*$/gm, "")
    .match(/"(?:[^"\\]|\\.)*"|\$?[_A-Za-z][\w]*|-?\d+(?:\.\d+)?|\.\.\.|[^\s,]/g);
  const reader = new Reader(tokens ?? [], variables);
  reader.skipHead();
  return reader.selections();
}

class Reader {
  readonly #tokens: string[];
  readonly #variables: Variables;

  constructor(tokens: readonly string[], variables: Variables) {
    this.#tokens = [...tokens];
    this.#variables = variables;
  }

  /** `query Name($id: UUID!)`: what the variables' types are, their values say. */
  skipHead(): void {
    while (this.#tokens.length > 0 && this.#tokens[0] !== "{") {
      if (this.#next() === "(") while (this.#tokens.length > 0 && this.#next() !== ")") continue;
    }
  }

  selections(): Selection[] {
    this.#expect("{");
    const found: Selection[] = [];
    while (!this.#took("}")) found.push(this.#selection());
    return found;
  }

  #selection(): Selection {
    const key = this.#name();
    const name = this.#took(":") ? this.#name() : key;
    const args = this.#tokens[0] === "(" ? this.#pairs("(", ")") : {};
    return { key, name, args, fields: this.#tokens[0] === "{" ? this.selections() : [] };
  }

  #pairs(open: string, close: string): Record<string, unknown> {
    this.#expect(open);
    const pairs: [string, unknown][] = [];
    while (!this.#took(close)) {
      const name = this.#name();
      this.#expect(":");
      pairs.push([name, this.#value()]);
    }
    return Object.fromEntries(pairs);
  }

  #value(): unknown {
    const [token = ""] = this.#tokens;
    if (token === "{") return this.#pairs("{", "}");
    this.#next();
    if (token === "[") {
      const values: unknown[] = [];
      while (!this.#took("]")) values.push(this.#value());
      return values;
    }
    if (token.startsWith("$")) return this.#variables[token.slice(1)];
    if (/^["\d-]|^(?:true|false|null)$/.test(token)) return JSON.parse(token);
    return token;
  }

  #name(): string {
    const token = this.#next();
    if (/^[_A-Za-z]\w*$/.test(token)) return token;
    throw syntaxError(token);
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw syntaxError(found);
  }

  #took(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#next();
    return true;
  }

  #next(): string {
    const token = this.#tokens.shift();
    if (token === undefined) throw syntaxError("<EOF>");
    return token;
  }
}

function syntaxError(token: string): Refusal {
  return new Refusal(400, `Syntax Error: Unexpected ${token}.`, undefined, "GRAPHQL_PARSE_FAILED");
}

/** What a query asked for of a value, and nothing else. */
export function pick(value: unknown, fields: readonly Selection[]): unknown {
  if (Array.isArray(value)) return value.map((each) => pick(each, fields));
  if (typeof value !== "object" || value === null || fields.length === 0) return value;
  const all = new Map(Object.entries(value));
  return Object.fromEntries(
    fields.map(({ key, name, fields: inner }) => {
      if (!all.has(name))
        throw new Refusal(400, `Cannot query field "${name}".`, undefined, "GRAPHQL_VALIDATION_FAILED");
      return [key, pick(all.get(name), inner)];
    }),
  );
}
