/**
 * `npm test [-- jest arguments]`: runs everything that this machine can run, names what it skipped and why, what was left
 * behind and by whom, and ends with the line `N passed, N failed, N skipped`.
 */
import { prepare } from './bootstrap.mjs';
import { summaryLine } from './test-summary.mjs';

await prepare();
const { runJest } = await import('./run-jest.mjs');
const { code, results, lines } = await runJest(['--maxWorkers=2', ...process.argv.slice(2)]);
for (const line of lines) console.log(line);
console.log(summaryLine(results));
process.exitCode = code;
