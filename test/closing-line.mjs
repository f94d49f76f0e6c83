/** Jest's reporter for the last line of a run: what passed and failed, in a form that any tool can read. */
export default class ClosingLine {
  /**
   * @param {unknown} _contexts
   * @param {import("@jest/reporters").AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const {
      numPassedTests: passed,
      numPendingTests: skipped,
      numFailedTests,
      numRuntimeErrorTestSuites,
    } = results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // Written when the process ends, so that nothing can follow it.
    process.on("exit", () => console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`));
  }
}
