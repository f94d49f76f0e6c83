/**
 * The policy pack as a process of its own: `pulumi preview --policy-pack policy`. Runs of `tenantry` have it served where the
 * program runs (`serve.ts`).
 */
import { PolicyPack } from "@pulumi/policy";
import { pack } from "./pack.ts";

new PolicyPack("tenantry", { policies: pack(process.env["TENANTRY_LOOK_AHEAD"]) });
