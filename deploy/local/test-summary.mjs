/** What is printed after a test run: pure functions over Jest's JSON results and the skip list. */

/** The closing line. A file that could not even be loaded has no tests to count, and counts as one failure. */
export function summaryLine(results) {
  if (results === undefined) return '0 passed, 1 failed, 0 skipped';
  const passed = results.numPassedTests;
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** One line for each block that was skipped by name, sorted; one line that says so when nothing was. */
export function describeSkips(skipped) {
  if (skipped.length === 0) return ['Nothing was skipped for want of a server.'];
  const lines = skipped.map(({ requirement, name, reason }) => `  ${name} (${requirement}): ${reason}`);
  return ['Skipped on this machine:', ...[...new Set(lines)].sort()];
}
