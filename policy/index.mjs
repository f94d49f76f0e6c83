// Pulumi's own runner of packs requires this file with a TypeScript compiler in between; what is imported has Node's own.
void import("./main.ts");
