/** Jest's environment for Node.js, which notes in the folder TROUPE_TEST_RUN what a test file left running, and how its worker ended. */
import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestEnvironment } from 'jest-environment-node';
import { root } from './bootstrap.mjs';
import { addNote, lingering } from './worker-notes.mjs';

/** Sockets and processes that were closed need a moment to go; Jest gives a worker half a second. */
const PATIENCE_MS = 400;
const LOOK_EVERY_MS = 20;

const run = process.env.TROUPE_TEST_RUN;
const { pid } = process;
const atFirst = process.getActiveResourcesInfo();

if (run) {
  process.once('exit', (code) => code < 128 && addNote(run, { kind: 'exited', pid }));
  // Jest's way to end a worker that does not exit.
  process.once('SIGTERM', () => {
    addNote(run, { kind: 'ended', pid, things: lingering(atFirst, process.getActiveResourcesInfo()) });
    process.exit(143);
  });
}

export default class extends TestEnvironment {
  #before = process.getActiveResourcesInfo();
  #file;

  constructor(config, context) {
    super(config, context);
    this.#file = relative(root, context.testPath);
    if (run) addNote(run, { kind: 'ran', pid, file: this.#file });
  }

  async teardown() {
    await super.teardown();
    const things = run ? await this.#left() : [];
    if (things.length > 0) addNote(run, { kind: 'left', pid, file: this.#file, things });
  }

  async #left() {
    const until = Date.now() + PATIENCE_MS;
    let left = lingering(this.#before, process.getActiveResourcesInfo());
    while (left.length > 0 && Date.now() < until) {
      await sleep(LOOK_EVERY_MS);
      left = lingering(this.#before, process.getActiveResourcesInfo());
    }
    return left;
  }
}
