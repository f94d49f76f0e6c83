/** TypeScript runs as Node runs it: types stripped, ES modules, no type check (`npm run lint` does that). */
const common = {
  testEnvironment: "node",
  // Copies of the project that tests work in.
  modulePathIgnorePatterns: ["<rootDir>/.tenantry"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": "<rootDir>/test/strip-types.mjs" },
};

/** @param {string} name */
const suite = (name) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
});

export default {
  projects: [suite("unit"), suite("contract"), suite("e2e")],
  testTimeout: 600_000,
};
