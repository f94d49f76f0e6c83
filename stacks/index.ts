/**
 * The program of every stack: `<environment>.<tenant>` deploys that tenant's file into that environment. What it
 * exports are the stack's outputs.
 */
import * as pulumi from "@pulumi/pulumi";
import { fileURLToPath } from "node:url";
import { failureText } from "../providers/failure-text.ts";
import { Failure } from "../report/failure.ts";
import { tenantStack } from "./tenant-stack.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

export default async function program(): Promise<Record<string, unknown>> {
  try {
    return await tenantStack(root, pulumi.getStack());
  } catch (error) {
    // What a person can mend needs no stack trace.
    if (error instanceof Failure) throw new pulumi.RunError(failureText(error));
    throw error;
  }
}
