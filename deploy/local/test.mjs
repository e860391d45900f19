/**
 * `npm test [-- jest arguments]`: runs everything that this machine can run, names what it skipped and why,
 * and ends with the line `N passed, N failed, N skipped`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, readJson, run } from './bootstrap.mjs';
import { describeSkips, summaryLine } from './test-summary.mjs';

await prepare();
const { locateNatsServer } = await import('@troupe/backing-services');
const { readSkipped, skipListFile } = await import('@troupe/testkit');

const runName = `${process.pid}-${Date.now()}`;
const scratch = mkdtempSync(join(tmpdir(), 'troupe-test-'));
const resultsFile = join(scratch, 'results.json');
try {
  const code = await run('npx', ['jest', '--maxWorkers=2', '--json', `--outputFile=${resultsFile}`, ...process.argv.slice(2)], {
    env: { ...process.env, ...(await testEnvironment()), TROUPE_TEST_RUN: runName },
    output: 1,
  });
  for (const line of describeSkips(readSkipped(runName))) console.log(line);
  console.log(summaryLine(readJson(resultsFile)));
  process.exitCode = code;
} finally {
  rmSync(scratch, { recursive: true });
  rmSync(skipListFile(runName), { force: true });
}

/** The nats-server is found (or fetched) once, for all test files; Jest's module mode still hides behind a flag in Node.js. */
async function testEnvironment() {
  const { binary } = await locateNatsServer({ log: console.error }).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
  const nodeOptions = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`;
  return { NATS_SERVER_BIN: binary, NODE_OPTIONS: nodeOptions.trim() };
}
