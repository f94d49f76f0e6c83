import type { Finding } from "../finding.ts";
import type { Draft } from "./draft.ts";

/** A tenant is destroyed only by saying so twice. */
export function statusRules({ id, status, confirmDestroy, parent }: Draft): Finding[] {
  const findings: Finding[] = [];
  const path = ["confirmDestroy"];
  if (status === "destroyed" && confirmDestroy === undefined) {
    findings.push({
      code: "destroy-not-confirmed",
      message: `is required with \`status: destroyed\`: repeat the id, \`confirmDestroy: ${id ?? "<id>"}\``,
      path,
      at: "parent",
    });
  } else if (status === "destroyed" && id !== undefined && confirmDestroy !== id) {
    const found = JSON.stringify(confirmDestroy);
    findings.push({
      code: "destroy-not-confirmed",
      message: `${found} is not the id`,
      path,
      found,
      allowed: [id],
    });
  } else if (status !== "destroyed" && status !== undefined && confirmDestroy !== undefined) {
    const message = "belongs to `status: destroyed` alone; remove it, or set the status";
    findings.push({ code: "destroy-not-meant", message, path, at: "key" });
  }
  if (parent !== undefined && parent === id) {
    const found = JSON.stringify(parent);
    findings.push({ code: "parent-is-itself", message: "is the tenant itself", path: ["parent"], found });
  }
  return findings;
}
