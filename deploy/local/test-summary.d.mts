/** The counts of Jest's `--json` results. */
export interface JestCounts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}
export function summaryLine(results: JestCounts | undefined): string;
export function describeSkips(skipped: readonly { readonly requirement: string; readonly name: string; readonly reason: string }[]): string[];
