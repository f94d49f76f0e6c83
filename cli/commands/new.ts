import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { Failure } from "../../report/failure.ts";
import { errorCode } from "../../schema/error-code.ts";
import { kinds, plans, tenantFile } from "../../schema/tenant.ts";
import type { NewTenantFlags } from "../new-tenant.ts";
import { root } from "../project-root.ts";

/** `tenantry new`: writes a tenant's file, by questions in a terminal, else by flags. */
export const command = new Command("new")
  .description("write a new tenant's file, tenants/<id>.yaml")
  .argument("<id>", "the tenant's id: everything it owns is named after it")
  .option("--name <name>", "the name that people read (default: the id)")
  .addOption(new Option("--plan <plan>", "what it gets (default: basic)").choices(plans))
  .addOption(
    new Option("--kind <kind>", "a customer or a part of the own company (default: tenant)").choices(kinds),
  )
  .option("--region <region>", "where its data lives (default: as plan and defaults say)")
  .option("--email <address>", "the first person, a tenant_admin (default: nobody yet)")
  .option("--first-name <name>", "that person's given name (default: from the address)")
  .option("--last-name <name>", "that person's family name (default: from the address)")
  .option("-y, --yes", "ask nothing, take the defaults")
  .option("--stdout", "print the file, write nothing")
  .action(async (id: string, flags: NewTenantFlags) => {
    const dir = join(root, "tenants");
    const file = join(dir, `${id}.yaml`);
    const { error } = tenantFile.shape.id.safeParse(id);
    if (error) {
      const why = `"${id}" is not ${error.issues[0]?.message ?? "an id"}`;
      command.error(`error: ${why}\n  fix: choose another id: it can't be changed later`);
    }
    const { findTenant } = await import("../../schema/load-tenant.ts");
    const taken = findTenant(dir, id);
    if (taken !== undefined) {
      throw new Failure("tenant-exists", `there is a tenant ${id} already, in ${taken}`, {
        fix: "choose another id, or edit that file",
      });
    }
    const { askNewTenant, newTenant } = await import("../new-tenant.ts");
    const asks = process.stdin.isTTY && process.stderr.isTTY && flags.yes === undefined;
    const answers = asks ? await askNewTenant(id, flags) : flags;
    if (answers === undefined) {
      console.error("Nothing was written.");
      process.exitCode = 130;
      return;
    }
    const { tenantText } = await import("../../schema/tenant-template.ts");
    const text = tenantText(newTenant(id, answers));
    const { checkNewTenant } = await import("../../schema/check-new-tenant.ts");
    const problems = await checkNewTenant(dir, id, text);
    if (problems.length > 0) {
      const { problemText } = await import("../../schema/print-problems.ts");
      const lines = problems.map((problem) => `  ${problem.path}: ${problemText(problem)}`);
      throw new Failure(
        "tenant-invalid",
        `this would not be valid, so nothing was written:\n${lines.join("\n")}`,
        {
          fix: "give other values",
        },
      );
    }
    if (flags.stdout) process.stdout.write(text);
    else write(file, text, id);
  });

function write(file: string, text: string, id: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    throw new Failure("file-exists", `${file} is there already`, {
      fix: "move it away, or edit it",
      cause: error,
    });
  }
  console.error(`✓ tenants/${id}.yaml`);
  console.error(`  next: edit it, then: npx tenantry validate && npx tenantry up ${id}`);
}
