import type { EffectEntry } from './effect-entry.ts';
import { judge, type Situation } from './effect-gate.decider.ts';
import { outcomeOf, type SpentAuthorization } from './effect-outcome.ts';
import { authorizationOf, MAIL } from './testing/authorizations.ts';

const NOW = Date.UTC(2026, 10, 23, 7);
const AUTHORIZATION = authorizationOf({}, NOW);
const SPENT: SpentAuthorization = {
  actionId: 'act_1',
  digest: AUTHORIZATION.digest,
  authorizationId: 'auth_1',
  connector: 'email',
  mode: 'live',
  idempotencyKey: '<act_1@example.org>',
  startedAtMs: NOW - 1_000,
};
const EXECUTED = outcomeOf(AUTHORIZATION, { kind: 'executed', providerReference: '<act_1@example.org>', summary: 'sent' }, 'live');
const FAILED = outcomeOf(AUTHORIZATION, { kind: 'refused', failure: { code: 'x', retryable: false, message: 'x', hint: 'x' } }, 'live');

const situation = (overrides: Partial<Situation> = {}): Situation => ({
  authorization: AUTHORIZATION,
  decidedAt: 10,
  entry: undefined,
  connector: { mode: 'live', breaker: 'closed' },
  nowMs: NOW,
  ...overrides,
});
const given = (entry: EffectEntry, overrides: Partial<Situation> = {}) => judge(situation({ entry, ...overrides }));
const authorized = (overrides: Parameters<typeof authorizationOf>[0]) => judge(situation({ authorization: authorizationOf(overrides, NOW) }));
const closedWith = (code: string, record: boolean, attempt?: SpentAuthorization) => ({
  kind: 'close',
  attempt,
  record,
  outcome: { kind: 'failed', data: { failure: { code, retryable: false } } },
});
const at = (offsetMs: number): string => new Date(NOW + offsetMs).toISOString();

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

    it.each([
      [5_000, { kind: 'wait', untilMs: NOW + 5_000, why: 'hold_window' }],
      [0, { kind: 'attempt' }],
      [-5_000, { kind: 'attempt' }],
    ])('waits for the end of its hold window (%d ms away)', (left, decision) => {
      expect(authorized({ holdUntil: at(left) })).toEqual(decision);
    });

    it('does not wait for the window of one that has expired', () => {
      expect(authorized({ holdUntil: at(5_000), expiresAt: at(-1) })).toMatchObject(closedWith('authorization_expired', true));
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
    const entry: EffectEntry = { state: 'attempting', attempt: SPENT };

    it('finds out, and never acts blindly', () => {
      expect(given(entry)).toEqual({ kind: 'resume', attempt: SPENT });
    });

    it('finds out even when it has expired or the breaker is open', () => {
      expect(given(entry, { authorization: authorizationOf({ expiresAt: at(-1) }, NOW) })).toMatchObject({ kind: 'resume' });
      expect(given(entry, { connector: { mode: 'live', breaker: 'open' } })).toMatchObject({ kind: 'resume' });
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

  describe('with one that is over', () => {
    it.each([EXECUTED, FAILED])('says again what was said', (outcome) => {
      expect(given({ state: 'settled', attempt: SPENT, outcome })).toEqual({ kind: 'report', attempt: SPENT, outcome });
    });

    it('says again that it was refused before an attempt', () => {
      expect(given({ state: 'settled', outcome: FAILED })).toEqual({ kind: 'report', attempt: undefined, outcome: FAILED });
    });
  });

  describe('with a second authorisation of the same action', () => {
    const second = authorizationOf({ authorizationId: 'auth_2' }, NOW);

    it.each<[EffectEntry]>([
      [{ state: 'spent', attempt: SPENT }],
      [{ state: 'attempting', attempt: SPENT }],
      [{ state: 'settled', attempt: SPENT, outcome: EXECUTED }],
      [{ state: 'settled', outcome: FAILED }],
    ])('refuses it, whatever became of the first: %j', (entry) => {
      expect(given(entry, { authorization: second })).toMatchObject(closedWith('authorization_spent', false));
    });
  });

  it('checks the digest before it believes the ledger', () => {
    const forged = { ...AUTHORIZATION, action: { ...MAIL, args: { ...MAIL.args, subject: 'Other' } } };
    const entry: EffectEntry = { state: 'attempting', attempt: SPENT };
    expect(given(entry, { authorization: forged })).toMatchObject(closedWith('digest_mismatch', false));
  });
});
