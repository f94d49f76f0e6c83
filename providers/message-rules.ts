import { Failure } from "../report/failure.ts";

/** What a message of a plugin means. The first rule that matches counts. */
export interface MessageRule {
  readonly when: RegExp;
  readonly explain: (found: RegExpExecArray) => {
    readonly code: string;
    readonly message: string;
    readonly fix: string;
  };
}

/**
 * Makes a function that explains a plugin's messages, of the official one and of the one built from source. It gives
 * undefined for what no rule knows: hand in only what came from a resource or provider of that plugin.
 */
export function explainBy(
  rules: readonly MessageRule[],
  system: string,
): (text: string) => Failure | undefined {
  return (text) => {
    for (const { when, explain } of rules) {
      const found = when.exec(text);
      if (found === null) continue;
      const { code, message, fix } = explain(found);
      return new Failure(code, message, { system, fix, cause: text });
    }
    return undefined;
  };
}

/** How Go's HTTP clients word that a server's certificate is not trusted. */
export const certificateRefused = /x509|tls: |certificate/i;

/** How Go's HTTP clients, and those that repeat, word that a server does not answer. */
export const noAnswer =
  /connection refused|connection reset by peer|broken pipe|: EOF\b|no such host|context deadline exceeded|i\/o timeout|Client\.Timeout|network is unreachable|giving up after \d+ attempt/;
