/** What Jest's workers note about themselves in the folder of a test run, and what it says to a person. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each kind that there is more of than before, with how many, after Node's lists of what keeps a process alive: `2 Timeout`. */
export function lingering(before, now) {
  const count = (list, kind) => list.filter((entry) => entry === kind).length;
  return [...new Set(now)]
    .map((kind) => ({ kind, more: count(now, kind) - count(before, kind) }))
    .filter(({ more }) => more > 0)
    .map(({ kind, more }) => `${more} ${kind}`);
}

/**
 * Adds a note: a worker began a file (`ran`), a file left things running (`left`), a worker ended by itself (`exited`), or had
 * to be told to (`ended`).
 */
export function addNote(run, note) {
  appendFileSync(fileIn(run), `${JSON.stringify(note)}\n`);
}

/** All notes of a run, in the order they were made. */
export function readNotes(run) {
  if (!existsSync(fileIn(run))) return [];
  return readFileSync(fileIn(run), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** One line for each file that left something running, and for each worker that did not exit by itself. */
export function describeWorkers(notes) {
  const left = notes.filter(({ kind }) => kind === 'left');
  const files = left.map(({ file, pid, things }) => `${file} (worker ${pid}) left running: ${things.join(', ')}. Close them in afterAll.`);
  const pids = new Set(notes.map(({ pid }) => pid));
  const exited = new Set(notes.filter(({ kind }) => kind === 'exited').map(({ pid }) => pid));
  return [...files, ...[...pids].filter((pid) => !exited.has(pid)).map((pid) => describeStuck(pid, notes.filter((note) => note.pid === pid)))];
}

/** One line for each entry that tests left in the temp folder. */
export function describeLeftovers(names) {
  return names.map((name) => `${name} was left in the temp folder: search for the beginning of its name, and remove it in afterAll.`);
}

function describeStuck(pid, notes) {
  const ended = notes.find(({ kind }) => kind === 'ended');
  const culprits = notes.filter(({ kind }) => kind === 'left').map(({ file }) => file);
  const ran = notes.filter(({ kind }) => kind === 'ran').map(({ file }) => file);
  const suspects = culprits.length > 0 ? `because of ${culprits.join(', ')}` : `and none of its files left anything behind when it was done (${ran.join(', ')})`;
  const state = ended === undefined ? 'it was too busy to say what it still did' : `still there: ${ended.things.join(', ') || 'nothing; it was only slow'}`;
  return `Worker ${pid} did not exit by itself ${suspects}; ${state}.`;
}

function fileIn(run) {
  return join(run, 'workers.jsonl');
}
