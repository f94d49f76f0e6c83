import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Said } from "../../../providers/mail/render-invitation.ts";
import { invitationsDirectory } from "../../../providers/mail/template-files.ts";

export const said: Said = {
  reset: false,
  person: { firstName: "Chloé", lastName: "Dubois", username: "chloe", email: "chloe@acme.example" },
  tenant: { id: "acme", name: "Acme & Sons" },
  systems: [
    {
      title: "Your account",
      url: "https://id.acme.example/account?a=1&b=2",
      username: "chloe",
      password: "Once-Only.1",
    },
    {
      title: "Database",
      details: [
        { label: "Host", value: "db.acme.example" },
        { label: "Port", value: "5432" },
      ],
      username: "acme_chloe",
      password: "Once-Only.2",
    },
    { title: "Chat", url: "https://chat.acme.example", signIn: "with your account" },
  ],
  expires: "2030-06-30",
  support: { name: "Ben Bauer", email: "ben@acme.example", url: "https://help.acme.example" },
};

/** A folder of templates: the project's default, and what is written into it. */
export class TemplatesFolder {
  readonly path = mkdtempSync(join(tmpdir(), "tenantry-invitations-"));

  constructor() {
    cpSync(join(invitationsDirectory, "default"), join(this.path, "default"), { recursive: true });
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), text);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
