import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const roles = ["tenant_admin", "application_manager", "developer", "auditor"];

/** Writes a folder of `count` realistic, valid tenant files of some 60 lines, with this project's plans and defaults. */
export function writeFleet(dir: string, count: number): void {
  mkdirSync(dir, { recursive: true });
  for (const layer of ["defaults.yaml", "plans"]) {
    cpSync(new URL(`../../tenants/${layer}`, import.meta.url), join(dir, layer), { recursive: true });
  }
  for (let number = 0; number < count; number++) {
    writeFileSync(join(dir, `tenant-${number}.yaml`), tenantText(`tenant-${number}`, number));
  }
}

function tenantText(id: string, number: number): string {
  const users = Array.from(
    { length: 5 },
    (_, index) => `  - email: person.${index}@${id}.example
    firstName: Person
    lastName: Number ${index}
    role: ${roles[index % roles.length] ?? "developer"}
    teams: [${index % 2 === 0 ? "platform" : "payments"}]
    services:
      database: ${index !== 3}
`,
  ).join("");
  return `# yaml-language-server: $schema=../schema/tenant.schema.json
version: 1
id: ${id}
kind: tenant
name: Tenant ${number} Incorporated
plan: ${["basic", "professional", "enterprise"][number % 3] ?? "basic"}
region: europe-west1
domains: [${id}.example]
organizations:
  github: ${id}
contacts:
  - name: Jane Roe
    email: jane.roe@${id}.example
    role: owner
teams:
  - id: platform
    name: Platform
  - id: payments
    name: Payments
users:
${users}database:
  connectionLimit: ${10 + (number % 90)}
identity:
  sessions:
    idle: 30m
    max: 8h
  portal:
    redirectUris:
      - https://portal.${id}.example/*
  clients:
    - id: shop
      redirectUris: [https://shop.${id}.example/callback]
`;
}
