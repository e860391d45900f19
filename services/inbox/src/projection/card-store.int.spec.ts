import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ActionAuthorized,
  ActionExecuted, ActionHeld, ActionVerified, ApprovalAccepted, ApprovalDecided, EngineAnswered, MessageDeadLettered, actionDigest, type Envelope,
} from '@troupe/contracts';
import { mailFromAna, proposal, reply, sampleEvent } from '../testing/sample-events.ts';
import { CardQueries } from './card-queries.ts';
import { CardStore } from './card-store.ts';

const about = { actionId: 'act_1', digest: actionDigest(reply()) };
const policy = { decision: 'permit_with_owner' as const, determining: [], reasons: [] };
const expiresAt = '2099-01-01T00:00:00Z';
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

  it('keeps nothing of a batch of which one event could not be stored, and takes the others by themselves', () => {
    const broken = { ...proposal('act_2'), agent: undefined } as unknown as Envelope;
    const batch = [mailFromAna(), proposal(), broken].map((event, index) => ({ event, sequence: index + 1 }));
    expect(() => store.applyAll(batch)).toThrow();
    expect(everything()).toMatchObject({ cards: { items: [] }, agents: [], position: 0 });
    expect(store.applyAll(batch.slice(0, 2)).map(({ change }) => change.sequence)).toEqual([1, 2]);
    expect(store.position()).toBe(2);
  });

  it.each([1, 2, 3, 5, 64])('is the same in batches of %i as event by event', (size) => {
    feed();
    const live = everything();
    store.clear();
    const placed = stream.map((event, index) => ({ event, sequence: index + 1 }));
    for (let start = 0; start < placed.length; start += size) store.applyAll(placed.slice(start, start + size));
    expect(everything()).toEqual(live);
  });

  describe('a batch leaves what its events one by one leave', () => {
    const held = (id: string): Envelope =>
      sampleEvent(ActionHeld, { ...about, actionId: id, action: reply(), policy, why: 'needs_owner', expiresAt }, { id: `${id}-h`, agent: 'policy', correlationid: id });
    const executed = (id: string): Envelope =>
      sampleEvent(
        ActionExecuted,
        { ...about, actionId: id, authorizationId: 'a', mode: 'live', providerReference: 'r', summary: 'Sent.' },
        { id: `${id}-x`, agent: 'connectors', correlationid: id },
      );
    const written = (id: string): Envelope => ({ ...mailFromAna(`${id}-mail`), correlationid: id });
    const proposed = (id: string): Envelope => proposal(id, reply(`Re: ${id}`), { id: `${id}-p`, correlationid: id });
    const [a, b, c] = ['act_a', 'act_b', 'act_c'];
    const orders: [what: string, events: Envelope[]][] = [
      ['neighbours', [a, b, c].flatMap((id) => [written(id), proposed(id), held(id), executed(id)])],
      ['interleaved', [written, proposed, held, executed].flatMap((make) => [a, b, c].map(make))],
      ['the outcome before the proposal', [executed(a), held(a), proposed(a), written(a), held(b), written(b), written(c)]],
      ['with repeats', [written(a), proposed(a), proposed(a), held(a), written(a), executed(a), held(a), { ...asked, correlationid: a }]],
    ];
    const tables = ['position', 'cards', 'stories', 'story_events', 'agents', 'dead_letters', 'answers', 'waits'];
    const whole = (): unknown => [
      tables.map((table) => store.db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all([])),
      ['re', 'act', 'nobody'].map((q) => queries.cards({ q, states: ['held', 'executed'], limit: 20 })),
      queries.countsByState(),
    ];

    it.each(orders.flatMap(([what, events]) => [2, 3, 5, 50].map((size): [string, number, Envelope[]] => [what, size, events])))(
      '%s, by %i', (_what, size, events) => {
        events.forEach((event, index) => store.apply(event, index + 1));
        const singly = whole();
        store.clear();
        const placed = events.map((event, index) => ({ event, sequence: index + 1 }));
        for (let start = 0; start < placed.length; start += size) store.applyAll(placed.slice(start, start + size));
        expect(whole()).toEqual(singly);
      },
    );
  });

  describe('events that come again at a later place in the stream', () => {
    const held = sampleEvent(ActionHeld, { ...about, action: reply(), policy, why: 'needs_owner', expiresAt }, { id: 'h', agent: 'policy' });
    const executed = sampleEvent(
      ActionExecuted,
      { ...about, authorizationId: 'a', mode: 'live', providerReference: 'r', summary: 'Sent.' },
      { id: 'x', agent: 'connectors' },
    );
    const authorized = sampleEvent(
      ActionAuthorized,
      { ...about, action: reply(), authorizationId: 'a', by: 'owner', policy, expiresAt },
      { id: 'au', agent: 'policy' },
    );
    const all = [...stream, held, authorized, executed];
    const place = (events: readonly Envelope[], after: number): void =>
      void store.applyAll(events.map((event, index) => ({ event, sequence: after + index + 1 })));

    it.each<[what: string, repeats: readonly Envelope[]]>([
      ['each of them', all],
      ['the hold of what was executed meanwhile', [held]],
      ['one with a cost', [asked, asked]],
      ['a dead letter', [letter]],
      ['the same id with other data', [{ ...mailFromAna(), data: { changed: true } }]],
    ])('change nothing but the position: %s', (_what, repeats) => {
      place(all, 0);
      const before = everything() as object;
      place(repeats, all.length);
      expect(everything()).toEqual({ ...before, position: all.length + repeats.length });
      expect(queries.card('act_1')?.state).toBe('executed');
      expect(queries.cards({ limit: 9, q: 'invoice', states: ['executed'] }).items).toHaveLength(1);
    });

    it('are told from another story that uses the same id', () => {
      place([mailFromAna('s1'), { ...mailFromAna('s1'), correlationid: 's2' }], 0);
      expect([queries.story('s1'), queries.story('s2')].map((story) => story?.events.length)).toEqual([1, 1]);
    });

    it('are known within one batch too', () => {
      expect(store.applyAll([1, 2].map((sequence) => ({ event: mailFromAna(), sequence })))).toHaveLength(1);
      expect(store.position()).toBe(2);
    });
  });

  it('knows the answer to what the owner said, and keeps none that nobody asked for', () => {
    const decided = sampleEvent(ApprovalDecided, { ...about, decision: 'approve', decidedBy: 'operator' }, { id: 'dec', agent: 'inbox' });
    const answer = (id: string, causationid: string): Envelope =>
      sampleEvent(ApprovalAccepted, { ...about, decision: 'snooze', actionType: 'email.send', proposedBy: 'correspondence' }, { id, causationid, agent: 'policy' });
    const events = [proposal(), decided, answer('first', 'dec'), answer('second', 'dec'), answer('third', 'act_1-proposed')];
    store.applyAll(events.map((event, index) => ({ event, sequence: index + 1 })));
    expect(queries.answerTo('dec')?.id).toBe('first');
    expect(queries.answerTo('act_1-proposed')).toBeUndefined();
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
