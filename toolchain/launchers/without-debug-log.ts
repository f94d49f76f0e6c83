/**
 * Keeps what Pulumi's SDK says for debugging from the engines: for each resource three or four messages, each a call that waits for
 * the one before, of whichever stack, and a run of ours shows none of them. Plain `pulumi --debug` starts its own language
 * host, which says them.
 */
import log from "@pulumi/pulumi/log/index.js";

Object.assign(log, { debug: () => Promise.resolve() });
