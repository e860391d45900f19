/** Runs Jest as this project needs it: on one nats-server, in Node's module mode, in a temp folder of its own. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson, run } from './bootstrap.mjs';
import { describeSkips } from './test-summary.mjs';
import { describeLeftovers, describeWorkers, readNotes } from './worker-notes.mjs';

/**
 * Answers Jest's exit code, its counts (undefined when it gave none), and lines for a person: what was skipped and why,
 * what was left running, what was left in the temp folder. The last makes the run a failure.
 */
export async function runJest(args) {
  const { readSkipped } = await import('@troupe/testkit');
  const scratch = mkdtempSync(join(tmpdir(), 'troupe-test-'));
  const temp = join(scratch, 'tmp');
  mkdirSync(temp);
  try {
    const resultsFile = join(scratch, 'results.json');
    const env = { ...process.env, ...(await testEnvironment()), TROUPE_TEST_RUN: scratch, TMPDIR: temp };
    const code = await run('npx', ['jest', '--json', `--outputFile=${resultsFile}`, ...args], { env, output: 1 });
    const leftovers = describeLeftovers(readdirSync(temp).filter((name) => !OF_NODE.test(name)));
    const skips = describeSkips(readSkipped(scratch));
    const lines = [...skips, ...describeWorkers(readNotes(scratch)), ...leftovers];
    return { code: code || Number(leftovers.length > 0), results: readJson(resultsFile), lines };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** What Node.js itself keeps in the temp folder: its compile cache. */
const OF_NODE = /^node-compile-cache$/;

/** The nats-server is found (or fetched) once, for all test files; Jest's module mode still hides behind a flag in Node.js. */
async function testEnvironment() {
  const { locateNatsServer } = await import('@troupe/backing-services');
  const { binary } = await locateNatsServer({ log: console.error }).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
  const nodeOptions = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`;
  return { NATS_SERVER_BIN: binary, NODE_OPTIONS: nodeOptions.trim() };
}
