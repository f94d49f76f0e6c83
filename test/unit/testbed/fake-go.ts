import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A `go` that stands first on PATH, knows one module, and notes what it's asked to do. */
export class FakeGo implements Disposable {
  /** The module's folder in Go's cache. */
  readonly source: string;
  readonly #path = process.env["PATH"] ?? "";
  readonly #log: string;

  /** Shell lines for each of its commands; `$out` is the binary that `build` writes. */
  constructor(
    folder: string,
    {
      version = "echo go version go9.9.9 test/test",
      download = "",
      build = 'echo built > "$out"',
      replace = [] as readonly { readonly from: string; readonly to: string }[],
    } = {},
  ) {
    const bin = join(folder, "fake-go");
    this.source = join(folder, "source");
    this.#log = join(bin, "calls");
    mkdirSync(bin, { recursive: true });
    mkdirSync(join(this.source, "templates", "mail"), { recursive: true });
    writeFileSync(join(this.source, "go.mod"), "module example.com/thing\n");
    writeFileSync(join(this.source, "go.sum"), "");
    writeFileSync(join(this.source, "templates", "mail", "hello.tmpl"), "Hello");
    // As in Go's own cache.
    for (const each of ["templates/mail", "templates", "."]) chmodSync(join(this.source, each), 0o555);
    const described = {
      Go: "1.26",
      Replace: replace.map(({ from, to }) => ({ Old: { Path: from }, New: { Path: to } })),
    };
    writeFileSync(
      join(bin, "go"),
      `#!/bin/sh
if [ "$1" = version ]; then ${version}; exit; fi
echo "$GOFLAGS $CGO_ENABLED $*" >> "${this.#log}"
case "$1 $2 $3" in
  "mod download -json") ${download || `echo '${JSON.stringify({ Dir: this.source })}'`}; exit;;
  "mod edit -json") echo '${JSON.stringify(described)}'; exit;;
  "mod edit"*) exit;;
esac
out=
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
${build}
`,
    );
    chmodSync(join(bin, "go"), 0o755);
    process.env["PATH"] = `${bin}${delimiter}${this.#path}`;
  }

  /** Every command but `go version`, after GOFLAGS and CGO_ENABLED. */
  get calls(): string[] {
    return existsSync(this.#log) ? readFileSync(this.#log, "utf8").trim().split("\n") : [];
  }

  [Symbol.dispose](): void {
    for (const each of [".", "templates", "templates/mail"]) chmodSync(join(this.source, each), 0o755);
    process.env["PATH"] = this.#path;
  }
}
