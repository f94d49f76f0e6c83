import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Project } from "../../support/project.ts";

const checkpoint = z.object({
  checkpoint: z.object({
    latest: z.object({
      resources: z.array(z.object({ custom: z.boolean().default(false), type: z.string() })),
    }),
  }),
});

/** How many resources a stack holds that stand for something in a system: no components, no providers. */
export function resourcesOf(project: Project, stack: string): number {
  const file = join(stateFolder(project), ".pulumi", "stacks", "tenantry", `${stack}.json`);
  const { resources } = checkpoint.parse(JSON.parse(readFileSync(file, "utf8"))).checkpoint.latest;
  return resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:")).length;
}

/** Forgets all stacks of a project. */
export function forgetStacks(project: Project): void {
  rmSync(stateFolder(project), { recursive: true, force: true });
  rmSync(join(project.root, "stacks", "config"), { recursive: true, force: true });
}

function stateFolder(project: Project): string {
  return join(project.root, ".tenantry", "local", "state");
}
