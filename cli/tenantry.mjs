#!/usr/bin/env node
// The command's first lines run on whatever Node is there; the rest needs the one that package-lock.json pins.
import { runPinned } from "../toolchain/bootstrap.mjs";

await runPinned(new URL("main.ts", import.meta.url), process.argv.slice(2));
