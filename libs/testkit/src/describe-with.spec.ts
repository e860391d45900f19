import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from './describe-with.ts';
import { readSkipped } from './skip-list.ts';

const environment = { ...process.env };

/** Runs describeWith against a recorded `describe`: one may not declare tests inside a test. */
function declared(requirement: 'mongodb' | 'qdrant'): { ran: string[]; skipped: string[]; body: (() => void) | undefined } {
  const ran: string[] = [];
  const skipped: string[] = [];
  let body: (() => void) | undefined;
  const real = globalThis.describe;
  const recorded = (name: string, block: () => void): void => {
    ran.push(name);
    body = block;
  };
  globalThis.describe = Object.assign(recorded, { skip: (name: string) => skipped.push(name) }) as unknown as typeof describe;
  try {
    describeWith(requirement, 'the adapter', () => {});
  } finally {
    globalThis.describe = real;
  }
  return { ran, skipped, body };
}

/** The body of the one test that a block declares. */
function testDeclaredBy(block: (() => void) | undefined): (() => void) | undefined {
  let test: (() => void) | undefined;
  const real = globalThis.it;
  globalThis.it = ((_name: string, body: () => void) => (test = body)) as unknown as typeof it;
  try {
    block?.();
  } finally {
    globalThis.it = real;
  }
  return test;
}

describe('describeWith', () => {
  let run: string;

  beforeEach(() => {
    run = mkdtempSync(join(tmpdir(), 'troupe-describe-with-'));
    process.env = { ...environment, TROUPE_TEST_RUN: run, TROUPE_REQUIRE: '' };
    delete process.env['MONGODB_URL'];
    delete process.env['QDRANT_URL'];
  });
  afterEach(() => {
    process.env = { ...environment };
    rmSync(run, { recursive: true });
  });

  it('runs the block where the requirement is met', () => {
    process.env['MONGODB_URL'] = 'mongodb://127.0.0.1:27017';
    expect(declared('mongodb')).toMatchObject({ ran: ['the adapter'], skipped: [] });
    expect(readSkipped(run)).toEqual([]);
  });

  it('skips by name and reason where it is not', () => {
    const { ran, skipped } = declared('mongodb');
    expect(ran).toEqual([]);
    expect(skipped).toEqual([expect.stringContaining('MONGODB_URL is not set')]);
    const reason = 'MONGODB_URL is not set; set it to the address of a server that speaks the MongoDB wire protocol';
    expect(readSkipped(run)).toEqual([{ requirement: 'mongodb', name: 'the adapter', reason }]);
  });

  it('declares a failing test where the absence is not allowed', () => {
    process.env['TROUPE_REQUIRE'] = 'chromium, qdrant';
    const { ran, skipped, body } = declared('qdrant');
    expect({ ran, skipped }).toEqual({ ran: ['the adapter'], skipped: [] });
    expect(testDeclaredBy(body)).toThrow(/TROUPE_REQUIRE demands qdrant, and it is absent: QDRANT_URL is not set/);
  });
});
