import type { Failure } from '@troupe/contracts';
import { entryAfter, type TryFacts } from './effect-conclusion.decider.ts';
import type { AttemptingEntry } from './effect-gate.decider.ts';
import type { EffectEntry } from './effect-entry.ts';
import type { Conclusion } from './pursue-attempt.ts';
import { nextLookMs, pauseAfter } from './retry-pauses.ts';
import { authorizationOf } from './testing/authorizations.ts';

const NOW = Date.UTC(2026, 10, 23, 7);
const DAY_MS = 24 * 3_600_000;
const AUTHORIZATION = authorizationOf({ expiresAt: new Date(NOW + DAY_MS).toISOString(), compensates: 'act_0' });
const ENTRY: AttemptingEntry = {
  state: 'attempting',
  attempt: {
    actionId: 'act_1', digest: AUTHORIZATION.digest, authorizationId: 'auth_1', connector: 'email', mode: 'live',
    idempotencyKey: '<a@b>', startedAtMs: NOW - 100, sequence: 11, tries: 3,
  },
  lease: { holder: 'me', untilMs: NOW + 10_000 },
};
const FACTS: TryFacts = { authorization: AUTHORIZATION, decidedAt: 10, inDoubt: false, mayStillTell: false, firstPauseMs: 60_000, nowMs: NOW };
const failure = (retryable: boolean): Failure => ({ code: 'smtp', retryable, message: 'mx said no.', hint: 'x' });
const EXECUTED: Conclusion = { kind: 'executed', providerReference: '<a@b>', summary: 'sent' };
const CONCLUSIONS: readonly Conclusion[] = [
  EXECUTED,
  ...[true, false].flatMap((retryable) => [{ kind: 'refused', failure: failure(retryable) } as const, { kind: 'unclear', failure: failure(retryable) } as const]),
  { kind: 'not_made' },
];

const after = (conclusion: Conclusion, facts: Partial<TryFacts> = {}, entry: AttemptingEntry = ENTRY): EffectEntry =>
  entryAfter(entry, conclusion, { ...FACTS, ...facts });
const settledAs = (kind: string, data: object) => ({ state: 'settled', attempt: ENTRY.attempt, decidedAt: 10, outcome: { kind, data } });

describe('the ledger entry after a try', () => {
  it('is settled by what the outside did, or refused for good', () => {
    expect(after(EXECUTED)).toMatchObject(settledAs('executed', { providerReference: '<a@b>', mode: 'live', compensates: 'act_0' }));
    expect(after({ kind: 'refused', failure: failure(false) })).toMatchObject(settledAs('failed', { failure: failure(false), compensates: 'act_0' }));
  });

  it('is put off by a refusal that may pass, with the pause of this try', () => {
    const deferred = { state: 'deferred', attempt: ENTRY.attempt, nextTryAtMs: NOW + 5 * 60_000, failure: failure(true), said: false };
    expect(after({ kind: 'refused', failure: failure(true) })).toEqual(deferred);
  });

  it.each([
    [5 * 60_000 + 1, 'deferred'],
    [5 * 60_000, 'settled'],
  ])('is put off only while another try fits before it expires (%d ms)', (leftMs, state) => {
    const authorization = { ...AUTHORIZATION, expiresAt: new Date(NOW + leftMs).toISOString() };
    const entry = after({ kind: 'refused', failure: failure(true) }, { authorization });
    expect(entry).toMatchObject({ state });
    if (state === 'settled') expect(entry).toMatchObject({ outcome: { data: { failure: { code: 'smtp', retryable: true, message: expect.stringContaining('tried 3 times') as unknown } } } });
  });

  it('ends as undone when it was undone meanwhile and the outside is unchanged', () => {
    const entry = after({ kind: 'refused', failure: failure(true) }, {}, { ...ENTRY, undone: true });
    expect(entry).toMatchObject(settledAs('failed', { failure: { code: 'undone', retryable: false } }));
  });

  it('is unknown when the outside cannot tell, or could but was asked for long enough', () => {
    expect(after({ kind: 'unclear', failure: failure(false) }, { mayStillTell: true })).toMatchObject(settledAs('unknown', { failure: failure(false) }));
    expect(after({ kind: 'unclear', failure: failure(true) })).toMatchObject(settledAs('unknown', { failure: failure(true) }));
  });

  it('stays open, for whoever comes next, while the outside may still tell', () => {
    const open = { ...ENTRY, lease: { holder: 'me', untilMs: NOW } };
    expect(after({ kind: 'unclear', failure: failure(true) }, { mayStillTell: true })).toEqual(open);
    expect(after({ kind: 'not_made' }, { inDoubt: true })).toEqual(open);
  });

  it('is as before when no call was made, undo and all', () => {
    expect(after({ kind: 'not_made' })).toEqual({ state: 'spent', attempt: ENTRY.attempt });
    expect(after({ kind: 'not_made' }, {}, { ...ENTRY, undone: true })).toEqual({ state: 'spent', attempt: ENTRY.attempt, undone: true });
  });

  /** Every pair of a conclusion and the facts around it. */
  it('keeps its laws whatever the facts', () => {
    for (const conclusion of CONCLUSIONS) {
      for (const [inDoubt, mayStillTell, undone, expired] of everyFourFlags) {
        const authorization = expired ? { ...AUTHORIZATION, expiresAt: new Date(NOW - 1).toISOString() } : AUTHORIZATION;
        const entry = after(conclusion, { inDoubt, mayStillTell, authorization }, { ...ENTRY, undone });
        const about = { conclusion, inDoubt, mayStillTell, undone, expired, entry };
        if (conclusion.kind === 'executed') expect(about).toMatchObject({ entry: { state: 'settled', outcome: { kind: 'executed' } } });
        if (conclusion.kind === 'refused') expect(about).not.toMatchObject({ entry: { outcome: { kind: 'unknown' } } });
        if (undone || expired) expect(about).not.toMatchObject({ entry: { state: 'deferred' } });
        if (inDoubt) expect(about).not.toMatchObject({ entry: { state: 'spent' } });
        if (undone && entry.state !== 'settled') expect(about).toMatchObject({ entry: { undone: true } });
      }
    }
  });
});

const flags = [false, true] as const;
const everyFourFlags = flags.flatMap((a) => flags.flatMap((b) => flags.flatMap((c) => flags.map((d) => [a, b, c, d] as const))));

describe('the pauses', () => {
  it('grow from the first to thirty times it', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((tries) => pauseAfter(tries, 1_000) / 1_000);
    expect(pauses).toEqual([1, 2, 5, 10, 15, 20, 30, 30, 30]);
  });

  it('between looks end after a day', () => {
    const looks = [0, 1, 2, 3, 4, 5, 6, 7].map((asked) => nextLookMs(asked, NOW, 60_000));
    expect(looks).toEqual([1, 5, 15, 60, 180, 480, 1_440].map((minutes) => NOW + minutes * 60_000).concat(undefined as never));
  });
});
