import { actionDigest } from '@troupe/contracts';
import { mayBeRetried, type EffectEntry } from './effect-entry.ts';
import { judge, type GateDecision, type Situation } from './effect-gate.decider.ts';
import { outcomeOf, type SpentAuthorization } from './effect-outcome.ts';
import { authorizationOf, MAIL } from './testing/authorizations.ts';

const NOW = Date.UTC(2026, 10, 23, 7);
const at = (offsetMs: number): string => new Date(NOW + offsetMs).toISOString();
const AUTHORIZATION = authorizationOf({}, NOW);
const SPENT: SpentAuthorization = {
  actionId: 'act_1',
  digest: AUTHORIZATION.digest,
  authorizationId: 'auth_1',
  connector: 'email',
  mode: 'live',
  idempotencyKey: '<act_1@example.org>',
  startedAtMs: NOW - 1_000,
  sequence: 11,
  tries: 1,
};
const LEASE = { holder: 'other', untilMs: NOW };
const EXECUTED = outcomeOf(AUTHORIZATION, { kind: 'executed', providerReference: '<act_1@example.org>', summary: 'sent' }, 'live');
const FAILURE = { code: 'x', retryable: true, message: 'x', hint: 'x' };
const PASSING = outcomeOf(AUTHORIZATION, { kind: 'refused', failure: FAILURE }, 'live');
const UNKNOWN = outcomeOf(AUTHORIZATION, { kind: 'unclear', failure: FAILURE }, 'live');
const FAILED = outcomeOf(AUTHORIZATION, { kind: 'refused', failure: { code: 'x', retryable: false, message: 'x', hint: 'x' } }, 'live');

const everyEntry: readonly EffectEntry[] = [
  { state: 'cancelled', undoSequence: 9 },
  { state: 'cancelled', undoSequence: 10 },
  { state: 'cancelled', undoSequence: 30 },
  { state: 'spent', attempt: SPENT },
  { state: 'spent', attempt: SPENT, undone: true },
  ...[false, true].flatMap((undone) =>
    ['me', 'other'].flatMap((holder) => [-1, 1].map((left) => ({ state: 'attempting', attempt: SPENT, lease: { holder, untilMs: NOW + left }, undone }) as const)),
  ),
  ...[false, true].flatMap((said) => [-1, 1].map((left) => ({ state: 'deferred', attempt: SPENT, nextTryAtMs: NOW + left, failure: FAILURE, said }) as const)),
  ...[EXECUTED, FAILED, PASSING, UNKNOWN].map((outcome) => ({ state: 'settled', attempt: SPENT, outcome, decidedAt: 10 }) as const),
  { state: 'settled', outcome: FAILED, decidedAt: 10 },
];

const situation = (overrides: Partial<Situation> = {}): Situation => ({
  authorization: AUTHORIZATION,
  decidedAt: 10,
  entry: undefined,
  connector: { mode: 'live', breaker: 'closed' },
  holdLeftMs: 0,
  holder: 'me',
  nowMs: NOW,
  ...overrides,
});
const given = (entry: EffectEntry, overrides: Partial<Situation> = {}) => judge(situation({ entry, ...overrides }));
const authorized = (overrides: Parameters<typeof authorizationOf>[0]) => judge(situation({ authorization: authorizationOf(overrides, NOW) }));
const closedWith = (code: string, record: boolean, attempt?: SpentAuthorization) => ({
  kind: 'close',
  attempt,
  record,
  outcome: { kind: 'failed', data: { failure: { code, retryable: ['authorization_expired', 'unknown_action_version'].includes(code) } } },
});

describe('the effect gate', () => {
  describe('with an authorisation nobody has spent', () => {
    it('attempts it', () => {
      expect(judge(situation())).toEqual({ kind: 'attempt' });
    });

    it('refuses an action that is not what was authorised, and leaves the ledger alone', () => {
      const forged = { ...MAIL, args: { ...MAIL.args, to: ['eve@example.net'] } };
      expect(authorized({ action: forged, digest: AUTHORIZATION.digest })).toMatchObject(closedWith('digest_mismatch', false));
    });

    it('refuses arguments that do not fit the catalogue', () => {
      expect(authorized({ action: { type: 'email.send', args: { to: [] } } })).toMatchObject(closedWith('invalid_action', true));
      expect(authorized({ action: { type: 'world.end', args: {} } })).toMatchObject(closedWith('invalid_action', true));
    });

    it('refuses an action of a version that is not known here before anything is done; it can be sent again after an update', () => {
      expect(authorized({ action: { ...MAIL, version: 2 } })).toMatchObject(closedWith('unknown_action_version', true));
      expect(authorized({ action: { ...MAIL, version: 1 } })).toEqual({ kind: 'attempt' });
    });

    it('refuses an authorisation whose action was given another version than was authorised (I1)', () => {
      expect(authorized({ action: { ...MAIL, version: 2 }, digest: actionDigest(MAIL) })).toMatchObject(closedWith('digest_mismatch', false));
    });

    it('refuses what no connector handles', () => {
      const authorization = authorizationOf({ action: { type: 'owner.ask', args: { question: 'Shall I?' } } }, NOW);
      expect(judge(situation({ authorization, connector: undefined }))).toMatchObject(closedWith('no_connector', true));
    });

    it.each([
      [-1, 'close'],
      [0, 'close'],
      [1, 'attempt'],
    ])('expires at its very moment (%d ms from it)', (left, kind) => {
      expect(authorized({ expiresAt: at(left) })).toMatchObject({ kind });
    });

    it('names the expiry', () => {
      expect(authorized({ expiresAt: at(-1) })).toMatchObject(closedWith('authorization_expired', true));
    });

    it('waits for the end of its hold window', () => {
      expect(judge(situation({ holdLeftMs: 5_000 }))).toEqual({ kind: 'wait', untilMs: NOW + 5_000, why: 'hold_window' });
      expect(judge(situation({ holdLeftMs: 1 }))).toMatchObject({ kind: 'wait' });
    });

    it('does not wait for the window of one that has expired', () => {
      const authorization = authorizationOf({ expiresAt: at(-1) }, NOW);
      expect(judge(situation({ authorization, holdLeftMs: 5_000 }))).toMatchObject(closedWith('authorization_expired', true));
    });

    it.each([
      ['open', { kind: 'wait', untilMs: NOW + 2_000, why: 'breaker_open' }],
      ['half-open', { kind: 'attempt' }],
      ['closed', { kind: 'attempt' }],
    ] as const)('spends nothing on a breaker that is %s only if it can pass', (breaker, decision) => {
      expect(judge(situation({ connector: { mode: 'live', breaker } }))).toEqual(decision);
    });

    it('keeps what it takes back on the outcome', () => {
      expect(authorized({ compensates: 'act_0', expiresAt: at(-1) })).toMatchObject({ outcome: { data: { compensates: 'act_0' } } });
    });
  });

  describe('with one that was undone', () => {
    it('does nothing', () => {
      expect(given({ state: 'cancelled', undoSequence: 11 })).toEqual({ kind: 'stand_down' });
    });

    it('is not stopped by an undo from before it was given', () => {
      expect(given({ state: 'cancelled', undoSequence: 9 })).toEqual({ kind: 'attempt' });
    });
  });

  describe('with one that is spent', () => {
    it('goes on when the outside has not heard of it', () => {
      expect(given({ state: 'spent', attempt: SPENT })).toEqual({ kind: 'attempt' });
    });

    it('waits, expires and looks at the breaker as before', () => {
      const entry: EffectEntry = { state: 'spent', attempt: SPENT };
      expect(given(entry, { connector: { mode: 'live', breaker: 'open' } })).toMatchObject({ kind: 'wait' });
      const late = authorizationOf({ expiresAt: at(-1) }, NOW);
      expect(given(entry, { authorization: late })).toMatchObject(closedWith('authorization_expired', true, SPENT));
    });

    it('ends when it was undone meanwhile', () => {
      expect(given({ state: 'spent', attempt: SPENT, undone: true })).toMatchObject(closedWith('undone', true, SPENT));
    });
  });

  describe('with one that was attempted', () => {
    const entry = { state: 'attempting', attempt: SPENT, lease: LEASE } as const;

    it('finds out, and never acts blindly', () => {
      expect(given(entry)).toEqual({ kind: 'find_out', entry, mayAct: true });
    });

    it('leaves it to whoever holds the lease', () => {
      const lease = { holder: 'other', untilMs: NOW + 1 };
      expect(given({ ...entry, lease })).toEqual({ kind: 'wait', untilMs: NOW + 1, why: 'in_hand' });
      expect(given({ ...entry, lease: { ...lease, holder: 'me' } })).toMatchObject({ kind: 'find_out' });
    });

    it('finds out even when the breaker is open', () => {
      expect(given(entry, { connector: { mode: 'live', breaker: 'open' } })).toMatchObject({ kind: 'find_out' });
    });

    it('only finds out, and does not act, when a later version of the action was attempted than is known here', () => {
      expect(given(entry, { authorization: authorizationOf({ action: { ...MAIL, version: 2 } }, NOW) })).toMatchObject({ kind: 'find_out', mayAct: false });
    });

    it('only finds out, and does not act, once it has expired or was undone', () => {
      expect(given(entry, { authorization: authorizationOf({ expiresAt: at(0) }, NOW) })).toMatchObject({ kind: 'find_out', mayAct: false });
      expect(given(entry, { authorization: authorizationOf({ expiresAt: at(1) }, NOW) })).toMatchObject({ kind: 'find_out', mayAct: true });
      expect(given({ ...entry, undone: true })).toMatchObject({ kind: 'find_out', mayAct: false });
    });

    it.each([undefined, { mode: 'sandbox', breaker: 'closed' }] as const)('does not look for it elsewhere (%j)', (connector) => {
      expect(given(entry, { connector })).toMatchObject({
        kind: 'close',
        attempt: SPENT,
        record: true,
        outcome: { kind: 'unknown', data: { failure: { code: 'connector_gone' } } },
      });
    });
  });

  describe('with one that was put off', () => {
    const entry = { state: 'deferred', attempt: SPENT, nextTryAtMs: NOW + 60_000, failure: FAILURE, said: true } as const;

    it('says so first, whatever the time', () => {
      const unsaid = { ...entry, said: false };
      expect(given(unsaid)).toEqual({ kind: 'say_deferral', entry: unsaid });
      expect(given(unsaid, { nowMs: NOW + 60_000 })).toMatchObject({ kind: 'say_deferral' });
    });

    it.each([
      [59_999, { kind: 'wait', untilMs: NOW + 60_000, why: 'put_off' }],
      [60_000, { kind: 'attempt' }],
    ])('waits for its next try (%d ms later)', (laterMs, decision) => {
      expect(given(entry, { nowMs: NOW + laterMs })).toEqual(decision);
    });

    it('ends when its authorisation does, and can be sent again', () => {
      const authorization = authorizationOf({ expiresAt: at(30_000) }, NOW);
      expect(given(entry, { authorization })).toMatchObject({ kind: 'wait', untilMs: NOW + 30_000 });
      expect(given(entry, { authorization, nowMs: NOW + 30_000 })).toMatchObject(closedWith('authorization_expired', true, SPENT));
    });
  });

  describe('with one that is over', () => {
    it.each([EXECUTED, FAILED])('says again what was said', (outcome) => {
      expect(given({ state: 'settled', attempt: SPENT, outcome, decidedAt: 10 })).toEqual({ kind: 'report', attempt: SPENT, outcome });
    });

    it('says again that it was refused before an attempt', () => {
      expect(given({ state: 'settled', outcome: FAILED, decidedAt: 10 })).toEqual({ kind: 'report', attempt: undefined, outcome: FAILED });
    });
  });

  describe('with a second authorisation of the same action', () => {
    const second = authorizationOf({ authorizationId: 'auth_2' }, NOW);
    const passing: EffectEntry = { state: 'settled', attempt: SPENT, outcome: PASSING, decidedAt: 10 };

    it.each<[EffectEntry]>([
      [{ state: 'spent', attempt: SPENT }],
      [{ state: 'attempting', attempt: SPENT, lease: LEASE }],
      [{ state: 'deferred', attempt: SPENT, nextTryAtMs: NOW, failure: FAILURE, said: true }],
      [{ state: 'settled', attempt: SPENT, outcome: EXECUTED, decidedAt: 10 }],
      [{ state: 'settled', attempt: SPENT, outcome: UNKNOWN, decidedAt: 10 }],
      [{ state: 'settled', outcome: FAILED, decidedAt: 10 }],
    ])('refuses it, whatever became of the first: %j', (entry) => {
      expect(given(entry, { authorization: second, decidedAt: 20 })).toMatchObject(closedWith('authorization_spent', false));
    });

    it('takes one that was decided after a failure that may pass', () => {
      expect(given(passing, { authorization: second, decidedAt: 11 })).toEqual({ kind: 'attempt' });
      expect(given(passing, { authorization: second, decidedAt: 10 })).toMatchObject(closedWith('authorization_spent', false));
    });

    it('does not tell the first one’s attempt as its own', () => {
      const late = { ...second, expiresAt: at(-1) };
      expect(given(passing, { authorization: late, decidedAt: 11 })).toMatchObject(closedWith('authorization_expired', true, undefined));
    });
  });

  it('checks the digest before it believes the ledger', () => {
    const forged = { ...AUTHORIZATION, action: { ...MAIL, args: { ...MAIL.args, subject: 'Other' } } };
    for (const entry of everyEntry) expect(given(entry, { authorization: forged })).toMatchObject(closedWith('digest_mismatch', false));
  });

  /** Every pair of an entry and a situation: what must hold in each, however they combine. */
  describe('in every situation', () => {
    const situations = pairsOf({
      expiresAt: [at(-1), at(1), at(3_600_000)],
      holdLeftMs: [0, 1],
      connector: [undefined, ...(['live', 'sandbox'] as const).flatMap((mode) => (['open', 'closed', 'half-open'] as const).map((breaker) => ({ mode, breaker })))],
      authorizationId: ['auth_1', 'auth_2'],
      decidedAt: [9, 20],
    });
    const cases = [undefined, ...everyEntry].flatMap((entry) => situations.map((parts) => ({ entry, ...parts })));

    it(`${cases.length} of them`, () => {
      for (const { entry, expiresAt, authorizationId, ...rest } of cases) {
        const authorization = authorizationOf({ expiresAt, authorizationId }, NOW);
        const given = situation({ entry, authorization, ...rest });
        const decision = judge(given);
        expect({ given, decision, breaks: lawsBrokenBy(decision, given) }).toMatchObject({ breaks: [] });
      }
    });
  });
});

function lawsBrokenBy(decision: GateDecision, { authorization, entry, connector, holdLeftMs, nowMs, decidedAt }: Situation): string[] {
  const isOver = entry?.state === 'settled' && entry.outcome.data.authorizationId === authorization.authorizationId;
  const acts = decision.kind === 'attempt' || (decision.kind === 'find_out' && decision.mayAct);
  const laws: Record<string, boolean> = {
    'nothing runs after expiry': !(acts && nowMs >= Date.parse(authorization.expiresAt)),
    'nothing starts inside the hold window': !(decision.kind === 'attempt' && holdLeftMs > 0),
    'nothing starts without a connector that lets it through': !(decision.kind === 'attempt' && (!connector || connector.breaker === 'open')),
    'nothing runs after an undo': !(acts && entry && 'undone' in entry && entry.undone),
    'a cancellation stops all that was decided before': !(acts && entry?.state === 'cancelled' && entry.undoSequence >= decidedAt),
    'what was attempted is never attempted blindly': !(decision.kind === 'attempt' && entry?.state === 'attempting'),
    'what is over under this authorisation is only told': !isOver || decision.kind === 'report',
    'only an authorisation decided later gets a second chance': !(decision.kind === 'attempt' && entry?.state === 'settled' && !(mayBeRetried(entry) && entry.decidedAt < decidedAt)),
    'nobody waits for a moment that has passed': !(decision.kind === 'wait' && decision.untilMs <= nowMs),
  };
  return Object.keys(laws).filter((law) => !laws[law]);
}

/** All combinations of the values given for each part. */
function pairsOf<P extends Record<string, readonly unknown[]>>(parts: P): { [K in keyof P]: P[K][number] }[] {
  return Object.entries(parts).reduce<object[]>(
    (made, [name, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  ) as { [K in keyof P]: P[K][number] }[];
}
