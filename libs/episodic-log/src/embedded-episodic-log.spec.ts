import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describeAdoptedHistory } from './adopted-history.contract.ts';
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
describeAdoptedHistory('embedded (libsql)', temporaryFile);

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

  it('never comes from walking a table, nor from sorting: each statement reads an index in the order of the answer', () => {
    for (const filter of combinationsOf(parts)) {
      const bad = log.explain({ limit: 50, ...filter }).filter((step) => /TEMP B-TREE|^SCAN (?!e USING COVERING INDEX by_sequence|e USING INDEX by_sequence)/.test(step));
      expect({ filter, bad }).toEqual({ filter, bad: [] });
    }
  });

  it.each([
    ['by_story', '(story=?)', { correlationId: 'story-1' }],
    ['by_subject', '(subject=?)', { subject: 'person:ana@example.com' }],
    ['by_type', '(type=?)', { types: ['evt.email.received'] }],
    ['by_agent', '(agent=?)', { agent: 'gateway' }],
    ['by_agent_and_type', '(agent=? AND type=?)', { agent: 'gateway', types: ['evt.email.received'] }],
    ['by_sequence', '(sequence<?)', { asOf: 900, before: 800 }],
    ['by_sequence', '(sequence>? AND sequence<?)', { since: parts.since, until: parts.until }],
    ['by_sequence', '(sequence>? AND sequence<?)', { since: parts.since }],
    ['by_type', '(type=? AND sequence>? AND sequence<?)', { types: ['evt.email.received'], until: parts.until }],
    ['by_agent_and_type', '(agent=? AND type=? AND sequence>? AND sequence<?)', { agent: 'gateway', types: ['evt.email.received'], since: parts.since }],
  ])('is that of the newest entries of %s %s', (index, bound, filter) => {
    expect(log.explain({ limit: 50, ...filter })).toEqual([`SEARCH e USING INDEX ${index} ${bound}`]);
  });

  it('is that of one person or customer when they are named, newest first', () => {
    expect(log.explain({ limit: 50, entity: parts.entity })).toEqual([
      'SEARCH n USING PRIMARY KEY (entity=?)',
      'SEARCH e USING INTEGER PRIMARY KEY (rowid=?)',
    ]);
  });

  it('is nothing where no event can lie in the window of time', () => {
    expect(log.explain({ limit: 50, since: '2031-01-01T00:00:00Z' })).toEqual([]);
  });

  it('is narrowed by the story before anything else', () => {
    const steps = log.explain({ limit: 50, ...parts }).filter((step) => step.includes('INDEX by_'));
    expect(new Set(steps)).toEqual(new Set(['SEARCH e USING INDEX by_story (story=? AND sequence>? AND sequence<?)']));
  });
});

describe('a file of the time before the log had versions', () => {
  const UNVERSIONED = `
    CREATE TABLE episodes (id TEXT NOT NULL UNIQUE, sequence INTEGER NOT NULL, story TEXT NOT NULL, subject TEXT, type TEXT NOT NULL,
      agent TEXT NOT NULL, time_ms INTEGER NOT NULL, event TEXT NOT NULL);
    CREATE INDEX by_time ON episodes (time_ms, sequence);
    CREATE TABLE entities (entity TEXT NOT NULL, episode INTEGER NOT NULL, PRIMARY KEY (entity, episode)) WITHOUT ROWID;
    CREATE TABLE recorded (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), through INTEGER NOT NULL);
    INSERT INTO recorded VALUES (1, 3000);`;

  it('is carried over: every event is found by whom it is about and by its time, and recording goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'troupe-episodes-'));
    const file = join(folder, 'episodes.db');
    const episodes = episodesFrom(1, 3_000, { subject: 'person:ana@example.com' });
    const old = new Database(file);
    old.exec(`${UNVERSIONED} BEGIN;`);
    for (const { sequence, event } of episodes) {
      const row = [event.id, sequence, event.correlationid, event.subject, event.type, event.agent, Date.parse(event.time), JSON.stringify(event)];
      const { lastInsertRowid } = old.prepare('INSERT INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(row);
      old.prepare('INSERT INTO entities VALUES (?, ?)').run([event.subject, lastInsertRowid]);
    }
    old.exec('COMMIT');
    old.close();
    for (let opened = 1; opened <= 2; opened += 1) {
      const log = EmbeddedEpisodicLog.open(file);
      const [since, until] = [episodes[1_500]?.event.time ?? '', episodes[1_503]?.event.time ?? ''];
      expect(await log.find({ since, until, limit: 9 })).toEqual(episodes.slice(1_500, 1_503).reverse());
      expect(await log.find({ entity: 'person:ana@example.com', limit: 2 })).toEqual(episodes.slice(-2).reverse());
      expect(await log.firstOf('story-1', 'external', 3_000)).toEqual(episodes[0]);
      expect(await log.firstOf('story-1', 'system', 3_000)).toBeUndefined();
      expect(await log.record({ after: 3_000, through: 3_001, episodes: [] })).toBe(3_001);
      await log.close();
    }
    await rm(folder, { recursive: true });
  });
});
