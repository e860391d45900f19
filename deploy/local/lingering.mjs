/** What a test file left running, after Node's lists of what keeps the process alive. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each kind that there is more of than before, with how many: `2 Timeout`. */
export function lingering(before, now) {
  const count = (list, kind) => list.filter((entry) => entry === kind).length;
  return [...new Set(now)]
    .map((kind) => ({ kind, more: count(now, kind) - count(before, kind) }))
    .filter(({ more }) => more > 0)
    .map(({ kind, more }) => `${more} ${kind}`);
}

/** Notes it in the folder of the test run. */
export function noteLingering(run, entry) {
  appendFileSync(fileIn(run), `${JSON.stringify(entry)}\n`);
}

/** All that was noted in a run. */
export function readLingering(run) {
  if (!existsSync(fileIn(run))) return [];
  return readFileSync(fileIn(run), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** One line for each test file that left something running, which is why its worker may not have exited. */
export function describeLingering(entries) {
  return entries.map(({ file, left, pid }) => `${file} (worker ${pid}) left running: ${left.join(', ')}. Its worker cannot exit by itself; close them in afterAll.`);
}

/** One line for each entry that tests left in the temp folder. */
export function describeLeftovers(names) {
  return names.map((name) => `${name} was left in the temp folder: search for the beginning of its name, and remove it in afterAll.`);
}

function fileIn(run) {
  return join(run, 'lingering.jsonl');
}
