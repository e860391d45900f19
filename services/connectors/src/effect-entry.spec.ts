import {
  ActionAttempted, ActionDeferred, ActionExecuted, ActionFailed, ActionUndone, ActionUnknown, schemaUrn, type DataOf, type Envelope, type EventContract,
} from '@troupe/contracts';
import { actionIdIn, evolveEntry, LEASE_MS, type EffectEntry } from './effect-entry.ts';

const STARTED = Date.UTC(2026, 10, 23, 7);
const NAME = { actionId: 'act_1', digest: 'sha256:1' };
const SPENT = { ...NAME, authorizationId: 'auth_1', connector: 'email', mode: 'live' as const, idempotencyKey: '<a@b>' };
const FAILURE = { code: 'x', retryable: false, message: 'x', hint: 'x' };
const EXECUTED = { ...NAME, authorizationId: 'auth_1', mode: 'live' as const, providerReference: '<a@b>', summary: 'sent' };

function eventOf<C extends EventContract>(contract: C, data: DataOf<C>): Envelope {
  return {
    specversion: '1.0', id: 'evt_1', source: '/services/connectors', type: contract.type, time: '2026-11-23T07:00:00.000Z',
    dataschema: schemaUrn(contract), datacontenttype: 'application/json', correlationid: 'evt_0', origin: 'external', hops: 1,
    agent: 'connectors', agentversion: '0.1.0', data,
  };
}

const fold = (...events: Envelope[]): EffectEntry | undefined =>
  events.reduce<EffectEntry | undefined>((entry, event, index) => evolveEntry(entry, event, index + 1), undefined);

const attempted = eventOf(ActionAttempted, SPENT);
const executed = eventOf(ActionExecuted, EXECUTED);
const unknown = eventOf(ActionUnknown, { ...NAME, authorizationId: 'auth_1', failure: FAILURE });
const failed = (authorizationId: string) => eventOf(ActionFailed, { ...NAME, authorizationId, failure: FAILURE });
const NEXT_TRY = '2026-11-23T07:05:00.000Z';
const deferred = (tries: number) => eventOf(ActionDeferred, { ...NAME, authorizationId: 'auth_1', failure: FAILURE, tries, nextTryAt: NEXT_TRY });
const undone = eventOf(ActionUndone, NAME);

describe('the ledger entry folded from the stream', () => {
  it('is in doubt after an attempt without an outcome', () => {
    expect(fold(attempted)).toEqual({ state: 'attempting', attempt: { ...SPENT, startedAtMs: STARTED, sequence: 1, tries: 1 }, lease: { holder: 'unknown', untilMs: STARTED + LEASE_MS } });
  });

  it('is settled by its outcome, which stands', () => {
    const entry = fold(attempted, executed);
    expect(entry).toMatchObject({ state: 'settled', attempt: SPENT, outcome: { kind: 'executed', data: EXECUTED } });
    expect(fold(attempted, executed, failed('auth_1'), attempted, undone)).toEqual(entry);
  });

  it('lets what was unknown become known', () => {
    expect(fold(attempted, unknown)).toMatchObject({ outcome: { kind: 'unknown' } });
    expect(fold(attempted, unknown, executed)).toMatchObject({ outcome: { kind: 'executed' } });
  });

  it('is cancelled by an undo that came first', () => {
    expect(fold(undone)).toEqual({ state: 'cancelled', undoSequence: 1 });
  });

  it('belongs to an authorisation given after the undo', () => {
    expect(fold(undone, attempted)).toMatchObject({ state: 'attempting' });
  });

  it('is put off and good again, as often as it was said', () => {
    expect(fold(attempted, deferred(1))).toEqual({
      state: 'deferred', attempt: { ...SPENT, startedAtMs: STARTED, sequence: 1, tries: 1 }, nextTryAtMs: Date.parse(NEXT_TRY), failure: FAILURE, said: true,
    });
    expect(fold(attempted, deferred(1), deferred(2), deferred(1))).toMatchObject({ state: 'deferred', attempt: { tries: 2 } });
    expect(fold(attempted, deferred(1), executed)).toMatchObject({ outcome: { kind: 'executed' } });
    expect(fold(attempted, deferred(1), undone)).toEqual({ state: 'cancelled', undoSequence: 3 });
  });

  it('belongs to a later authorisation once it failed in a way that may pass', () => {
    const passing = eventOf(ActionFailed, { ...NAME, authorizationId: 'auth_1', failure: { ...FAILURE, retryable: true } });
    const again = eventOf(ActionAttempted, { ...SPENT, authorizationId: 'auth_2' });
    expect(fold(attempted, passing, again)).toMatchObject({ state: 'attempting', attempt: { authorizationId: 'auth_2', sequence: 3 } });
    expect(fold(attempted, failed('auth_1'), again)).toMatchObject({ state: 'settled' });
  });

  /** A start folds what the stream holds since the mark over entries that may know it already. */
  it('is not changed by what it has seen', () => {
    const passing = eventOf(ActionFailed, { ...NAME, authorizationId: 'auth_1', failure: { ...FAILURE, retryable: true } });
    const again = eventOf(ActionAttempted, { ...SPENT, authorizationId: 'auth_2' });
    const lives = [[attempted, executed], [attempted, deferred(1), deferred(2), undone], [undone, attempted, unknown, executed], [attempted, deferred(1), passing, again]];
    for (const life of lives) {
      const placed = life.map((event, index) => ({ event, sequence: index + 1 }));
      const whole = placed.reduce<EffectEntry | undefined>((entry, { event, sequence }) => evolveEntry(entry, event, sequence), undefined);
      const twice = placed.reduce((entry, { event, sequence }) => evolveEntry(entry, event, sequence), whole);
      expect(twice).toEqual(whole);
    }
  });

  it('does not take for attempted what it knows was only spent', () => {
    const spent: EffectEntry = { state: 'spent', attempt: { ...SPENT, startedAtMs: STARTED, sequence: 1, tries: 1 } };
    expect(evolveEntry(spent, attempted, 2)).toBe(spent);
  });

  it('does not take the refusal of another authorisation for its outcome', () => {
    expect(fold(attempted, failed('auth_2'))).toEqual(fold(attempted));
    expect(fold(failed('auth_2'))).toBeUndefined();
  });

  it('is about the action the event names', () => {
    expect(actionIdIn(attempted)).toBe('act_1');
    expect(actionIdIn({ ...attempted, data: {} })).toBeUndefined();
  });
});
