/** The plugin that runs dynamic providers: Pulumi's own, in the project's version and on the project's Node. */
import "./exit-with-engine.ts";
import "./without-closures.ts";
import "@pulumi/pulumi/cmd/dynamic-provider/index.js";
