import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEpisodicLog } from './embedded-episodic-log.adapter.ts';
import { combinationsOf, episodesFrom, recordAll } from './episode-samples.ts';
import { describeEpisodicLog } from './episodic-log.contract.ts';
import type { LogPlace } from './episodic-log.contract.ts';

async function temporaryFile(): Promise<LogPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-episodes-'));
  return {
    open: async () => EmbeddedEpisodicLog.open(join(folder, 'not', 'there', 'yet', 'episodes.db')),
    remove: () => rm(folder, { recursive: true }),
  };
}

describeEpisodicLog('embedded (libsql)', temporaryFile);

describe('the cost of a find in the embedded log (L4)', () => {
  const parts = {
    correlationId: 'story-1',
    subject: 'person:ana@example.com',
    entity: 'customer:cus_ana',
    types: ['evt.email.received', 'evt.email.triaged'],
    agent: 'gateway',
    since: '2026-01-01T00:00:00Z',
    until: '2026-01-02T00:00:00Z',
    asOf: 900,
    before: 800,
  };
  let place: LogPlace;
  let log: EmbeddedEpisodicLog;

  beforeAll(async () => {
    place = await temporaryFile();
    log = (await place.open()) as EmbeddedEpisodicLog;
    await recordAll(log, episodesFrom(1, 1_000));
  });
  afterAll(async () => {
    await log.close();
    await place.remove();
  });

  it('never comes from walking the table', () => {
    for (const filter of combinationsOf(parts)) {
      const walks = log.explain({ limit: 50, ...filter }).filter((step) => step === 'SCAN episodes');
      expect({ filter, walks }).toEqual({ filter, walks: [] });
    }
  });

  it.each([
    ['by_story', '(story=?)', { correlationId: 'story-1' }],
    ['by_subject', '(subject=?)', { subject: 'person:ana@example.com' }],
    ['by_type', '(type=?)', { types: ['evt.email.received'] }],
    ['by_agent', '(agent=?)', { agent: 'gateway' }],
    ['by_sequence', '(sequence<?)', { asOf: 900, before: 800 }],
  ])('is that of the newest entries of %s, read in order: only the answer itself is sorted', (index, bound, filter) => {
    expect(log.explain({ limit: 50, ...filter })).toEqual([
      'SEARCH episodes USING INTEGER PRIMARY KEY (rowid=?)',
      'LIST SUBQUERY 1',
      `SEARCH episodes USING COVERING INDEX ${index} ${bound}`,
      'USE TEMP B-TREE FOR ORDER BY',
    ]);
  });

  it('is that of one person or customer when they are named: their episodes, and no others, are read and sorted', () => {
    expect(log.explain({ limit: 50, entity: parts.entity })).toEqual([
      'SEARCH episodes USING INTEGER PRIMARY KEY (rowid=?)',
      'LIST SUBQUERY 2',
      'SEARCH episodes USING INTEGER PRIMARY KEY (rowid=?)',
      'LIST SUBQUERY 1',
      'SEARCH entities USING PRIMARY KEY (entity=?)',
      'USE TEMP B-TREE FOR ORDER BY',
      'USE TEMP B-TREE FOR ORDER BY',
    ]);
  });

  it('is that of the index entries of the window when a time is given, never of the events themselves', () => {
    const steps = log.explain({ limit: 50, since: parts.since, until: parts.until });
    expect(steps).toContain('SEARCH episodes USING COVERING INDEX by_time (time_ms>? AND time_ms<?)');
  });

  it('is narrowed by the story before anything else', () => {
    const steps = log.explain({ limit: 50, ...parts }).filter((step) => step.includes('INDEX by_'));
    expect(new Set(steps)).toEqual(new Set(['SEARCH episodes USING INDEX by_story (story=? AND sequence<?)']));
  });
});
