import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One block of tests that did not run, and why. */
export interface SkippedBlock {
  readonly requirement: string;
  readonly name: string;
  readonly reason: string;
}

/** The skip list of a test run, one JSON object a line; TROUPE_TEST_RUN names the run's folder. */
export function skipListFile(run: string): string {
  return join(run, 'skipped.jsonl');
}

/** Notes a skipped block. Outside a run nobody reads the list, so nothing is written. */
export function noteSkipped(block: SkippedBlock): void {
  const run = process.env['TROUPE_TEST_RUN'];
  if (run) appendFileSync(skipListFile(run), `${JSON.stringify(block)}\n`);
}

/** What was noted in a run; empty when nothing was skipped. */
export function readSkipped(run: string): SkippedBlock[] {
  try {
    const lines = readFileSync(skipListFile(run), 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as SkippedBlock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
