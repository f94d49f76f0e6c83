import { Command } from "commander";
import { z } from "zod";

const options = z.object({ json: z.boolean().default(false) });

export const command = new Command("doctor")
  .description(
    "say what is there, what is missing, and the command that mends it; exit code 1 when anything is missing",
  )
  .option("--json", "print JSON")
  .action(async (given: unknown) => {
    const { json } = options.parse(given);
    const { examineServers } = await import("../doctor/examine-servers.ts");
    const { examineToolchain } = await import("../doctor/examine-toolchain.ts");
    const { printFindings } = await import("../doctor/print-findings.ts");
    const { root } = await import("../project-root.ts");
    const [toolchain, servers] = await Promise.all([examineToolchain(root), examineServers(root)]);
    if (json) console.log(JSON.stringify({ toolchain, servers }, null, 2));
    else
      printFindings([
        { title: "Toolchain", findings: toolchain },
        { title: "Servers", findings: servers },
      ]);
    process.exitCode = [...toolchain, ...servers].every(({ ok }) => ok) ? 0 : 1;
  });
