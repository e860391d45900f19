import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describeLeftovers, describeWorkers, lingering, readNotes } from '../worker-notes.mjs';

const ENVIRONMENT = join(import.meta.dirname, '../test-environment.mjs');
const JEST = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');

/** Jest, with workers as in npm test, on files that leave things running, each in its own way. */
describe('the environment of the tests', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'troupe-environment-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('names the file that left something running, and what, and no other', async () => {
    const config = JSON.stringify({ rootDir: folder, testEnvironment: ENVIRONMENT, transform: {}, cacheDirectory: join(folder, 'cache') });
    const files = {
      'timer.test.js': "it('leaves a timer', () => void setInterval(() => {}, 1000));",
      'server.test.js': "it('leaves a server', (done) => void require('node:net').createServer().listen(0, done));",
      'process.test.js': "it('leaves a process', () => void require('node:child_process').spawn('sleep', ['3'], { stdio: 'ignore' }));",
      'tidy.test.js': "it('closes late', (done) => { setTimeout(() => {}, 100); const s = require('node:net').createServer().listen(0, () => s.close(done)); });",
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules', TROUPE_TEST_RUN: folder };
    await promisify(execFile)(process.execPath, [JEST, '--config', config, '--maxWorkers=2', '--forceExit'], { env, cwd: folder });
    const notes = readNotes(folder);
    const found = notes.flatMap((note) => (note.kind === 'left' ? [[basename(note.file), note.things] as const] : []));
    expect(describeWorkers(notes).join('\n')).toMatch(/Worker \d+ did not exit by itself because of .*server\.test\.js.*; still there: .*1 TCPServerWrap/);
    expect(new Map(found)).toEqual(
      new Map([
        ['timer.test.js', ['1 Timeout']],
        ['server.test.js', ['1 TCPServerWrap']],
        ['process.test.js', ['1 ProcessWrap']],
      ]),
    );
  }, 30_000);
});

describe('what is said about it', () => {
  it('counts only what is new', () => {
    expect(lingering(['PipeWrap', 'Timeout'], ['Timeout', 'PipeWrap'])).toEqual([]);
    expect(lingering(['PipeWrap'], ['PipeWrap', 'Timeout', 'Timeout', 'TCPSocketWrap'])).toEqual(['2 Timeout', '1 TCPSocketWrap']);
  });

  it('names the file, the worker and the things; and what was left in the temp folder', () => {
    const a = { pid: 7, file: 'libs/a.spec.ts' };
    expect(describeWorkers([{ kind: 'ran', ...a }, { kind: 'exited', pid: 7 }])).toEqual([]);
    expect(describeWorkers([{ kind: 'ran', ...a }, { kind: 'left', ...a, things: ['1 Timeout'] }, { kind: 'ended', pid: 7, things: ['1 Timeout'] }])).toEqual([
      'libs/a.spec.ts (worker 7) left running: 1 Timeout. Close them in afterAll.',
      'Worker 7 did not exit by itself because of libs/a.spec.ts; still there: 1 Timeout.',
    ]);
    expect(describeWorkers([{ kind: 'ran', ...a }])).toEqual([
      'Worker 7 did not exit by itself and none of its files left anything behind when it was done (libs/a.spec.ts); it was too busy to say what it still did.',
    ]);
    expect(describeLeftovers(['troupe-x-abc'])).toEqual([expect.stringMatching(/^troupe-x-abc was left in the temp folder: /)]);
  });
});
