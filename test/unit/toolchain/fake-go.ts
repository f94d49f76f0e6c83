import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A `go` that stands first on PATH and notes each build. */
export class FakeGo implements Disposable {
  readonly #path = process.env["PATH"] ?? "";
  readonly #log: string;

  /** @param build shell lines that `go build` runs; `$out` is the binary to write */
  constructor(
    folder: string,
    { version = "echo go version go9.9.9 test/test", build = 'echo built > "$out"' } = {},
  ) {
    const bin = join(folder, "fake-go");
    this.#log = join(bin, "builds");
    mkdirSync(bin, { recursive: true });
    writeFileSync(
      join(bin, "go"),
      `#!/bin/sh
if [ "$1" = version ]; then ${version}; exit; fi
out=; main=
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; main=$1; shift; done
echo "$main" >> "${this.#log}"
${build}
`,
    );
    chmodSync(join(bin, "go"), 0o755);
    process.env["PATH"] = `${bin}${delimiter}${this.#path}`;
  }

  /** The main packages that were built, in order. */
  get builds(): string[] {
    return existsSync(this.#log) ? readFileSync(this.#log, "utf8").trim().split("\n") : [];
  }

  [Symbol.dispose](): void {
    process.env["PATH"] = this.#path;
  }
}
