// Stands for what is never used: see without-closures.ts.
