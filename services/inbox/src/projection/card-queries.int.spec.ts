import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ActionAttempted, ActionAuthorized, actionDigest, ActionDenied, ActionExecuted, ActionHeld, ActionUnknown, type Envelope,
} from '@troupe/contracts';
import { proposal, reply, sampleEvent } from '../testing/sample-events.ts';
import { CardQueries } from './card-queries.ts';
import type { CardFilter } from './card-selection.ts';
import { CardStore } from './card-store.ts';
import type { Card } from './card.contract.ts';
import { wordsOf } from './search-text.ts';
import type { Connection } from './statements.ts';

const AGENTS = ['correspondence', 'dunning', 'corres-pondence'];
const SUBJECTS = ['Re: Invoice 2041', 'Crédit note für Jürgen', 'Kündigung, Größe 12'];
const permit = { decision: 'permit_with_owner' as const, determining: [], reasons: [] };
const failure = { code: 'x', retryable: false, message: 'x', hint: 'x' };

/** The life of one action: its proposal, and then so much of what may follow that every kind of state occurs. */
function life(number: number): Envelope[] {
  const actionId = `act_${number}`;
  const action = reply(SUBJECTS[number % 3], number % 4 === 0 ? 'Thanks.' : 'Thank you, interesting: 日本語 42nd');
  const story = `story-${number % 5}`;
  const at = { correlationid: story, agent: AGENTS[Math.floor(number / 2) % 3] ?? '' };
  const reference = { actionId, digest: actionDigest(action) };
  const spent = { ...reference, authorizationId: `auth_${number}` };
  const authorized = sampleEvent(ActionAuthorized, { ...spent, action, by: 'policy', policy: permit, expiresAt: '2099-01-01T00:00:00Z' }, { id: `z${number}`, ...at });
  const attempted = sampleEvent(ActionAttempted, { ...spent, connector: 'email', mode: 'live', idempotencyKey: 'k' }, { id: `t${number}`, ...at });
  const ends: Envelope[][] = [
    [],
    [sampleEvent(ActionHeld, { ...reference, action, policy: permit, why: 'needs_owner', expiresAt: '2099-01-01T00:00:00Z' }, { id: `h${number}`, ...at })],
    [sampleEvent(ActionDenied, { ...reference, by: 'policy' }, { id: `d${number}`, ...at })],
    [authorized],
    [authorized, attempted],
    [authorized, attempted, sampleEvent(ActionExecuted, { ...spent, mode: 'live', providerReference: 'r', summary: 's' }, { id: `e${number}`, ...at })],
    [authorized, attempted, sampleEvent(ActionUnknown, { ...spent, failure }, { id: `u${number}`, ...at })],
  ];
  return [proposal(actionId, action, { id: `p${number}`, ...at }), ...(ends[number % 7] ?? [])];
}

/** What a list must hold, worked out by looking at every card. */
function expectedIds(all: readonly Card[], { states, agent, story, q, limit, before }: CardFilter): string[] {
  const fits = (card: Card): boolean =>
    (states?.includes(card.state) ?? true) &&
    (agent === undefined || card.agent.name === agent) &&
    (story === undefined || card.storyId === story) &&
    (before === undefined || (card.history[0]?.sequence ?? 0) < before) &&
    wordsOf(q ?? '').every((word) => wordsOf([card.title, card.summary, card.rationale, card.agent.name, card.id, ...card.fields.map(({ text }) => text)].join('\n')).some((known) => known.startsWith(word)));
  return all.filter(fits).slice(0, limit).map(({ id }) => id);
}

/** Every filter made of one choice of each part. */
function filters(): CardFilter[] {
  const states = [undefined, ['held' as const], ['held' as const, 'unknown' as const], ['authorized' as const, 'denied' as const, 'executed' as const]];
  const agents = [undefined, 'correspondence', 'nobody'];
  const stories = [undefined, 'story-2'];
  const words = [undefined, 'invoice', 'c', 'credit jurgen', 'kundi gro', 'interesting 42', '日本', 'interestingly', '"*" OR', 'spassing'];
  const befores = [undefined, 60];
  return states.flatMap((state) => agents.flatMap((agent) => stories.flatMap((story) => words.flatMap((q) => befores.map((before) =>
    ({ states: state, agent, story, q, before, limit: 4 }))))));
}

describe('lists of cards', () => {
  let folder: string;
  let store: CardStore;
  let queries: CardQueries;
  let asked: { sql: string; values: readonly unknown[] }[];

  /** The connection of the store, which notes what it is asked. */
  const watched = (): Connection => ({
    prepare: (sql) => {
      const statement = store.db.prepare(sql);
      const all = (values: readonly unknown[]): unknown[] => (asked.push({ sql, values }), statement.all(values));
      return { ...statement, all };
    },
  });
  const planOf = ({ sql, values }: { sql: string; values: readonly unknown[] }): string[] =>
    (store.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[]).map(({ detail }) => detail);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'troupe-cards-'));
    store = new CardStore(join(folder, 'inbox.db'));
    const events = Array.from({ length: 42 }, (_, index) => life(index)).flat();
    store.applyAll(events.map((event, index) => ({ event, sequence: index + 1 })));
    asked = [];
    queries = new CardQueries(watched());
  });
  afterAll(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('hold what looking at every card would find, for every combination of a filter', () => {
    const all = queries.cards({ limit: 200 }).items;
    expect(all).toHaveLength(42);
    for (const filter of filters()) {
      const found = queries.cards(filter).items.map(({ id }) => id);
      expect({ filter, found }).toEqual({ filter, found: expectedIds(all, filter) });
    }
  });

  it('are read off an index in its order: no table is walked, nothing is sorted but what goes out', () => {
    for (const filter of filters()) {
      asked.length = 0;
      queries.cards(filter);
      const steps = asked.flatMap(planOf);
      const bad = steps.filter((step) => /TEMP B-TREE|^SCAN (?!listed|card_text VIRTUAL TABLE|cards$)/.test(step));
      expect({ filter, bad }).toEqual({ filter, bad: [] });
    }
  });

  it.each<[what: string, filter: Partial<CardFilter>, step: string]>([
    ['of several states: the end of each', { states: ['held', 'unknown'] }, 'SEARCH cards USING COVERING INDEX cards_state (state=? AND created_seq<?)'],
    ['of an agent', { agent: 'dunning' }, 'SEARCH cards USING COVERING INDEX cards_agent (agent=? AND state=? AND created_seq<?)'],
    ['of a story', { story: 'story-2' }, 'SEARCH cards USING COVERING INDEX cards_story (story=? AND created_seq<?)'],
    ['the newest', {}, 'SEARCH cards USING INTEGER PRIMARY KEY (rowid<?)'],
  ])('%s', (_what, filter, step) => {
    asked.length = 0;
    queries.cards({ limit: 5, ...filter });
    const [selecting = [], ...others] = asked.map(planOf);
    expect(selecting).toEqual([step]);
    expect(others.at(-1)).toContain('SEARCH e USING INDEX story_events_action (action=?)');
  });

  it('read their cards and histories with one statement each, however many there are', () => {
    for (const limit of [1, 5, 40]) {
      asked.length = 0;
      queries.cards({ states: ['held', 'unknown'], limit });
      expect(asked).toHaveLength(4);
    }
  });

  it('are counted without looking at the cards', () => {
    asked.length = 0;
    expect(queries.countsByState()).toEqual({ proposed: 6, held: 6, denied: 6, authorized: 6, executing: 6, executed: 6, unknown: 6 });
    expect(asked.flatMap(planOf)).toEqual(['SCAN card_counts']);
  });
});
