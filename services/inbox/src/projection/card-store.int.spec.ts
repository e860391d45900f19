import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActionVerified, EngineAnswered, MessageDeadLettered, actionDigest, type Envelope } from '@troupe/contracts';
import { mailFromAna, proposal, reply, sampleEvent } from '../testing/sample-events.ts';
import { CardQueries } from './card-queries.ts';
import { CardStore } from './card-store.ts';

const failure = { code: 'x', retryable: false, message: 'It broke', hint: 'Mend it.' };
const asked: Envelope = sampleEvent(
  EngineAnswered,
  {
    callId: 'c1',
    askedBy: 'correspondence',
    task: 'mail.reply',
    taskVersion: '1',
    model: { provider: 'offline', model: 'offline-rules', version: '1' },
    promptDigest: 'sha256:1',
    parameters: {},
    outcome: { kind: 'answered', answer: {}, grounds: 'inferred' },
    usage: { inputTokens: 10, outputTokens: 5, costUsd: 0.25 },
    durationMs: 3,
  },
  { id: 'asked', agent: 'engine' },
);
const checks = sampleEvent(
  ActionVerified,
  { actionId: 'act_1', digest: actionDigest(reply()), checks: [] },
  { id: 'v', agent: 'verifier' },
);
const letter = sampleEvent(
  MessageDeadLettered,
  {
    deadLetterId: 'dl_1',
    service: 'triage',
    handler: 'onMail',
    eventType: 'evt.email.received',
    eventId: 'e',
    deliveries: 5,
    failure,
  },
  { id: 'dl', agent: 'triage' },
);
const stream = [mailFromAna(), asked, proposal(), checks, letter];

describe('the projection in its file', () => {
  let folder: string;
  let store: CardStore;
  let queries: CardQueries;
  const open = (): void => {
    store = new CardStore(join(folder, 'inbox.db'));
    queries = new CardQueries(store.db);
  };
  const feed = (): void => stream.forEach((event, index) => store.apply(event, index + 1));
  const everything = (): unknown => ({
    cards: queries.cards({ limit: 200 }),
    story: queries.story('story-1'),
    agents: queries.agents(),
    letters: queries.openDeadLetters({ limit: 200 }),
    position: store.position(),
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'troupe-inbox-'));
    open();
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('counts every event once, also when the stream is offered again after a restart', () => {
    feed();
    const once = everything();
    store.close();
    open();
    expect(store.position()).toBe(stream.length);
    feed();
    expect(everything()).toEqual(once);
    expect(queries.agents().find(({ name }) => name === 'correspondence')).toMatchObject({
      costUsd: 0.25,
      modelCalls: 1,
      proposals: 1,
      events: 1,
    });
  });

  it('is the same after a rebuild (I6)', () => {
    feed();
    const live = everything();
    store.clear();
    expect(everything()).toMatchObject({ cards: { items: [] }, position: 0 });
    feed();
    expect(everything()).toEqual(live);
  });

  it('keeps neither rows nor position of an event that could not be stored', () => {
    store.apply(mailFromAna(), 1);
    const broken = { ...proposal(), agent: undefined } as unknown as Envelope;
    expect(() => store.apply(broken, 2)).toThrow();
    expect(store.position()).toBe(1);
    expect(queries.cards({ limit: 10 }).items).toEqual([]);
  });

  it('gives a card with its history and what the story began with', () => {
    feed();
    const card = queries.card('act_1');
    expect(card?.original).toMatchObject({ kind: 'email', subject: 'Invoice 2041', from: { name: 'Ana Lima' } });
    expect(card?.history.map(({ type }) => type)).toEqual(['evt.action.proposed', 'evt.action.verified']);
    expect(queries.story('story-1')?.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  it('pages newest first and finds by the beginning of words', () => {
    for (let index = 1; index <= 5; index += 1) {
      store.apply(
        proposal(`act_${index}`, reply(`Re: Invoice ${index}`, index === 3 ? 'Crédit note' : 'Text'), { id: `p${index}` }),
        index,
      );
    }
    const first = queries.cards({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['act_5', 'act_4']);
    const second = queries.cards({ limit: 2, before: first.next });
    expect(second.items.map(({ id }) => id)).toEqual(['act_3', 'act_2']);
    expect(queries.cards({ limit: 2, before: second.next })).toMatchObject({ items: [{ id: 'act_1' }] });
    expect(queries.cards({ limit: 9, q: 'credit OR nothing"' }).items.map(({ id }) => id)).toEqual([]);
    expect(queries.cards({ limit: 9, q: 'credi' }).items.map(({ id }) => id)).toEqual(['act_3']);
    expect(queries.cards({ limit: 9, agent: 'nobody' }).items).toEqual([]);
  });

  it('leaves settled dead letters out', () => {
    feed();
    expect(queries.openDeadLetters({ limit: 10 }).items).toMatchObject([{ id: 'dl_1', failure }]);
    store.settleDeadLetter('dl_1');
    expect(queries.countOpenDeadLetters()).toBe(0);
  });

  it('costs the same per event however much there is (I12)', () => {
    const perEventMs = (from: number, count: number): number => {
      const startMs = performance.now();
      for (let index = from; index < from + count; index += 1) {
        const story = `s${index}`;
        store.apply(proposal(`act_${index}`, reply(), { id: `p${index}`, correlationid: story }), index);
      }
      return (performance.now() - startMs) / count;
    };
    perEventMs(1, 200);
    const early = perEventMs(201, 300);
    perEventMs(501, 1_500);
    const late = perEventMs(2_001, 300);
    expect(late).toBeLessThan(early * 4 + 0.2);
  });
});
