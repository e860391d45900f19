import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areInstalled, isNewEnough, loadEnvironment } from '../bootstrap.mjs';
import { tagProblems } from '../project-tags.mjs';
import { describeSkips, summaryLine } from '../test-summary.mjs';

describe('the bootstrap', () => {
  it.each([
    ['20.19.0', true],
    ['20.18.3', false],
    ['18.20.0', false],
    ['22.1.0', true],
  ])('takes Node.js %s: %s', (version, expected) => expect(isNewEnough(version)).toBe(expected));

  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/mac-only': { version: '2.0.0', optional: true } } };

  it('accepts an installation that has all but optional packages', () => {
    expect(areInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  });

  it('sees a missing installation, a missing package, another version', () => {
    expect(areInstalled(lock, undefined)).toBe(false);
    expect(areInstalled(lock, { packages: {} })).toBe(false);
    expect(areInstalled(lock, { packages: { 'node_modules/a': { version: '0.9.0' } } })).toBe(false);
  });
});

describe('the .env file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-env-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
    delete process.env['TROUPE_TEST_A'];
    delete process.env['TROUPE_TEST_B'];
  });

  it('is read, and gives way to what the environment sets', () => {
    process.env['TROUPE_TEST_A'] = 'from the environment';
    writeFileSync(join(folder, '.env'), 'TROUPE_TEST_A=from the file\nTROUPE_TEST_B=also from the file\n');
    loadEnvironment(join(folder, '.env'));
    expect([process.env['TROUPE_TEST_A'], process.env['TROUPE_TEST_B']]).toEqual(['from the environment', 'also from the file']);
  });

  it('may be missing', () => {
    expect(() => loadEnvironment(join(folder, 'none'))).not.toThrow();
  });
});

describe('the test summary', () => {
  const results = { numPassedTests: 10, numFailedTests: 1, numRuntimeErrorTestSuites: 1, numPendingTests: 2, numTodoTests: 0 };

  it('counts a file that cannot be loaded as a failure', () => {
    expect(summaryLine(results)).toBe('10 passed, 2 failed, 2 skipped');
  });

  it('does not call a run without results a success', () => {
    expect(summaryLine(undefined)).toBe('0 passed, 1 failed, 0 skipped');
  });

  it('names each skipped block once, with the reason', () => {
    const block = { requirement: 'qdrant', name: 'Qdrant adapter', reason: 'QDRANT_URL is not set' };
    expect(describeSkips([block, block])).toEqual(['Skipped on this machine:', '  Qdrant adapter (qdrant): QDRANT_URL is not set']);
  });
});

describe('the tag check', () => {
  it('wants exactly one type: tag', () => {
    const problems = tagProblems([
      { path: 'libs/good', tags: ['type:platform', 'scope:any'] },
      { path: 'libs/none', tags: [] },
      { path: 'libs/two', tags: ['type:store', 'type:agent'] },
    ]);
    expect(problems).toEqual([expect.stringMatching(/^libs\/none.*add one "type:" tag/), 'libs/two/package.json: keep one of the tags type:store, type:agent']);
  });
});
