import { ActionAuthorized, EmailReceived, EngineAnswered, type Action, type Envelope, type EventContract, type QuarantineReason } from '@troupe/contracts';
import { PERMIT } from '../testing/life.ts';
import { isStillPassed, limitPassed, NOTHING_SPENT, spend, type Spent } from './story-budget.decider.ts';
import { StoryCounts } from './story-counts.ts';

const limits = { events: 10, modelCalls: 3, moneyMinor: 1_000 };
let made = 0;

function event(contract: EventContract, { id = `evt_${(made += 1)}`, story = 's', data = {} } = {}): Envelope {
  return {
    specversion: '1.0', id, source: '/services/x', type: contract.type, time: '2026-01-01T00:00:00Z', dataschema: 'urn:troupe:evt.a.b:v1',
    datacontenttype: 'application/json', correlationid: story, origin: 'external', hops: 1, agent: 'x', agentversion: '1', data,
  };
}

function authorized(amountMinor: number, by: 'policy' | 'owner' = 'policy', currency = 'eur', id?: string): Envelope {
  const action: Action = { type: 'billing.refund', args: { chargeId: 'ch_1', amount: { amountMinor, currency } } };
  const data = { actionId: 'a', digest: 'd', authorizationId: 'x', action, by, policy: PERMIT, expiresAt: '2026-01-01T00:00:00Z' };
  return event(ActionAuthorized, { data, ...(id === undefined ? {} : { id }) });
}

const spentOn = (events: readonly Envelope[]): Spent => events.reduce(spend, NOTHING_SPENT);
const times = (count: number, make: () => Envelope): Envelope[] => Array.from({ length: count }, make);

describe('what a story uses up', () => {
  it.each<[string, Envelope[], Spent]>([
    ['nothing', [], { events: 0, modelCalls: 0, money: {} }],
    ['events of any kind', times(3, () => event(EmailReceived)), { events: 3, modelCalls: 0, money: {} }],
    ['model calls', times(2, () => event(EngineAnswered)), { events: 2, modelCalls: 2, money: {} }],
    ['calls that a model did not take', times(9, () => event(EngineAnswered, { data: { outcome: { kind: 'failed', failure: { code: 'engine_away', retryable: true } } } })), NOTHING_SPENT],
    ['a call that failed for good', [event(EngineAnswered, { data: { outcome: { kind: 'failed', failure: { code: 'bad_answer', retryable: false } } } })], { events: 1, modelCalls: 1, money: {} }],
    ['money by currency', [authorized(100), authorized(50), authorized(7, 'policy', 'usd')], { events: 3, modelCalls: 0, money: { eur: 150, usd: 7 } }],
    ['money the owner decided on', [authorized(100, 'owner'), authorized(1)], { events: 2, modelCalls: 0, money: { eur: 1 } }],
    ['an authorisation that cannot be read', [event(ActionAuthorized, { data: { by: 'policy' } })], { events: 1, modelCalls: 0, money: {} }],
  ])('%s', (_name, events, expected) => expect(spentOn(events)).toEqual(expected));

  it.each<[string, Spent, number, QuarantineReason | undefined]>([
    ['all just within', { events: 10, modelCalls: 3, money: { eur: 1_000, usd: 1_000 } }, 0, undefined],
    ['one event more', { events: 11, modelCalls: 3, money: {} }, 0, { kind: 'events', limit: 10, reached: 11 }],
    ['one call more', { events: 10, modelCalls: 4, money: {} }, 0, { kind: 'model_calls', limit: 3, reached: 4 }],
    ['one cent more', { events: 10, modelCalls: 3, money: { usd: 5, eur: 1_001 } }, 0, { kind: 'money', limit: 1_000, reached: 1_001, currency: 'eur' }],
    ['released once, within twice', { events: 20, modelCalls: 6, money: { eur: 2_000 } }, 1, undefined],
    ['released once, past twice', { events: 21, modelCalls: 0, money: {} }, 1, { kind: 'events', limit: 20, reached: 21 }],
    ['released four times', { events: 50, modelCalls: 16, money: {} }, 4, { kind: 'model_calls', limit: 15, reached: 16 }],
  ])('%s', (_name, spent, grants, expected) => expect(limitPassed(spent, limits, grants)).toEqual(expected));

  it.each<[QuarantineReason['kind'], number, number, boolean]>([
    ['hops', 32, 0, true], ['hops', 32, 1, false], ['hops', 64, 1, true], ['events', 11, 0, true], ['events', 11, 1, false], ['events', 21, 1, true],
    ['model_calls', 4, 0, true], ['model_calls', 6, 1, false], ['money', 1_001, 0, true], ['money', 2_000, 1, false], ['money', 2_001, 1, true],
  ])('%s at %i after %i releases: %s', (kind, reached, grants, expected) => {
    expect(isStillPassed({ kind, limit: 0, reached }, limits, grants)).toBe(expected);
  });
});

/** Repeatable randomness: a test that fails, fails again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('the counts of all stories', () => {
  it('count every event once, however often and in whatever order it comes, and pass the limit exactly when there are more', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seeded(seed * 7_919);
      const distinct = times(1 + Math.floor(random() * 20), () => event(random() < 0.3 ? EngineAnswered : EmailReceived));
      const told = [...distinct, ...distinct, ...distinct].sort(() => random() - 0.5);
      const counts = new StoryCounts(limits);
      const reasons = told.map((each) => counts.take(each)).filter((reason) => reason !== undefined);
      const calls = distinct.filter(({ type }) => type === EngineAnswered.type).length;
      expect(reasons.length > 0).toBe(distinct.length > limits.events || calls > limits.modelCalls);
      expect(counts.take(told[0] as Envelope)).toEqual(limitPassed(spentOn(distinct), limits, 0));
    }
  });

  it('do not charge one story for another', () => {
    const counts = new StoryCounts(limits);
    for (const story of ['a', 'b', 'c']) for (const each of times(10, () => event(EmailReceived, { story }))) expect(counts.take(each)).toBeUndefined();
    expect(counts.take(event(EmailReceived, { story: 'b' }))).toMatchObject({ reached: 11 });
    expect(counts.take(event(EmailReceived, { story: 'd' }))).toBeUndefined();
  });

  it('allow a story as much again with every release, and never less', () => {
    const counts = new StoryCounts(limits);
    const one = () => counts.take(event(EmailReceived));
    for (let count = 1; count <= 10; count += 1) expect(one()).toBeUndefined();
    expect(one()).toEqual({ kind: 'events', limit: 10, reached: 11 });
    counts.grant('s', 1);
    for (let count = 12; count <= 20; count += 1) expect(one()).toBeUndefined();
    expect(one()).toEqual({ kind: 'events', limit: 20, reached: 21 });
    counts.grant('s', 0);
    expect(counts.of('s').grants).toBe(1);
    expect(one()).toMatchObject({ limit: 20 });
  });

  it('keep no more stories and ids than they may, and forget the one not heard of longest', () => {
    const counts = new StoryCounts(limits, { stories: 3, ids: 25 });
    for (const each of times(10, () => event(EmailReceived, { story: 'old' }))) counts.take(each);
    for (const story of ['a', 'b']) counts.take(event(EmailReceived, { story }));
    expect(counts.take(event(EmailReceived, { story: 'old' }))).toMatchObject({ reached: 11 });
    for (const story of ['c', 'd']) counts.take(event(EmailReceived, { story }));
    expect(counts.of('a').last).toEqual([]);
    expect(counts.of('old').last).toHaveLength(6);
    for (const each of times(20, () => event(EmailReceived, { story: 'loud' }))) counts.take(each);
    expect(counts.of('old').last).toEqual([]);
    expect(counts.of('loud').last).toHaveLength(6);
  });

  it('show what happened last in words, oldest first', () => {
    const counts = new StoryCounts(limits);
    counts.take(event(EmailReceived));
    counts.take(event(EngineAnswered));
    expect(counts.of('s').last).toEqual(['email received, by x', 'engine answered, by x']);
  });
});
