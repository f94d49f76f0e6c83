import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

/** A folder of mail, readable for its owner only: it holds passwords. */
export class Inbox {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Stores a mail as it came, in a file `<time>-<to>-<id>.eml` that is there as a whole or not at all. */
  async store(mail: NodeJS.ReadableStream, to: readonly { readonly address: string }[]): Promise<void> {
    const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
    const name = (to[0]?.address ?? "nobody").replaceAll(/[^\w.@+-]/g, "_").slice(0, 100);
    const file = join(this.folder, `${time}-${name}-${randomBytes(3).toString("hex")}`);
    await writeFile(`${file}.part`, await buffer(mail), { mode: 0o600, flag: "wx" });
    renameSync(`${file}.part`, `${file}.eml`);
  }
}
