/** Jest's environment for Node.js, which notes in the folder TROUPE_TEST_RUN what a test file left running. */
import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestEnvironment } from 'jest-environment-node';
import { root } from './bootstrap.mjs';
import { lingering, noteLingering } from './lingering.mjs';

/** Sockets and processes that were closed need a moment to go; Jest gives a worker half a second. */
const PATIENCE_MS = 400;
const LOOK_EVERY_MS = 20;

export default class extends TestEnvironment {
  #before = process.getActiveResourcesInfo();
  #file;

  constructor(config, context) {
    super(config, context);
    this.#file = relative(root, context.testPath);
  }

  async teardown() {
    await super.teardown();
    const run = process.env.TROUPE_TEST_RUN;
    const left = run ? await this.#left() : [];
    if (left.length > 0) noteLingering(run, { file: this.#file, pid: process.pid, left });
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
