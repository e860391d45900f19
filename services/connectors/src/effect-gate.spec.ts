import { jest } from '@jest/globals';
import { ActionAuthorized, ActionUndoRequested, type Effect } from '@troupe/contracts';
import { NotDueError, RetryableError } from '@troupe/messaging';
import { eventually } from '@troupe/testkit';
import { ConnectorPool } from './connector-pool.ts';
import { EffectGate } from './effect-gate.handler.ts';
import { EffectLedger } from './effect-ledger.ts';
import { UndoRequests } from './stop-undone.handler.ts';
import { authorizationOf } from './testing/authorizations.ts';
import { Delivery, eventOf } from './testing/event-samples.ts';
import { InMemoryStates } from './testing/in-memory-states.ts';

const LIMITS = {
  timeoutMs: 1_000,
  capacity: 2,
  retry: { attempts: 1, firstDelayMs: 1, maxDelayMs: 1 },
  breaker: { minimumCalls: 100, failurePercent: 50, windowMs: 1_000, openForMs: 1_000 },
};
const SENT: Effect = { kind: 'executed', providerReference: '<a@b>', summary: 'sent' };
const REFUSED: Effect = { kind: 'refused', failure: { code: 'smtp_refused', retryable: false, message: 'no', hint: 'x' } };
const DEFERRED: Effect = { kind: 'refused', onlyThisOne: true, failure: { code: 'smtp_deferred', retryable: true, message: 'later', hint: 'x' } };
const CANNOT_TELL: Effect = { kind: 'unclear', failure: { code: 'smtp_cannot_tell', retryable: false, message: 'x', hint: 'x' } };
const emptyStream = { read: () => Promise.resolve(), history: () => Promise.resolve({ realm: '', lastSequence: 0 }) };

describe('the effect gate, step by step', () => {
  const authorized = eventOf(ActionAuthorized, authorizationOf());
  const undoRequested = eventOf(ActionUndoRequested, { actionId: 'act_1', digest: authorized.data.digest, requestedBy: 'owner' });
  let states: InMemoryStates;
  let gate: EffectGate;
  let undoRequests: UndoRequests;
  let caughtUp: boolean;
  let pool: ConnectorPool;
  let nowMs: () => number;
  let sent: number;
  let answer: () => Promise<Effect>;

  beforeEach(async () => {
    sent = 0;
    caughtUp = true;
    nowMs = () => Date.now();
    answer = () => Promise.resolve(SENT);
    const connector = {
      name: 'email', mode: 'live', handles: ['email.send'], keyOf: () => '<a@b>',
      execute: () => {
        sent += 1;
        return answer();
      },
      findOutcome: () => Promise.resolve(CANNOT_TELL),
    } as const;
    states = new InMemoryStates();
    pool = new ConnectorPool([connector], LIMITS);
    const ledger = await EffectLedger.open(states, emptyStream);
    undoRequests = new UndoRequests(ledger);
    gate = new EffectGate(ledger, pool, { now: () => nowMs() }, { isCaughtUp: () => Promise.resolve(caughtUp) }, { retryFirstPauseMs: 1_000 });
  });

  const run = async (delivery: Delivery, event = authorized): Promise<string[]> => {
    await gate.runAuthorized(event, delivery.context);
    return delivery.said;
  };
  const entry = (): unknown => JSON.parse(states.entries.get('act_1')?.json ?? 'null');

  it('leaves no doubt when the broker goes away before the outside was called', async () => {
    await expect(run(new Delivery(1, true))).rejects.toThrow(RetryableError);
    expect(entry()).toMatchObject({ state: 'spent' });
    expect(await run(new Delivery(1))).toEqual(['attempted', 'executed']);
    expect(sent).toBe(1);
  });

  it('does not take up what it has in hand', async () => {
    const finish = hangUntilTold();
    const first = run(new Delivery(1));
    await eventually(() => expect(sent).toBe(1));
    await expect(run(new Delivery(1))).rejects.toThrow(NotDueError);
    finish();
    expect(await first).toEqual(['attempted', 'executed']);
    expect(sent).toBe(1);
  });

  describe('when the outside could not be called', () => {
    const others = [2, 3].map((n) => eventOf(ActionAuthorized, authorizationOf({ actionId: `act_${n}`, authorizationId: `auth_${n}` })));
    let finish: () => void;
    let busy: Promise<unknown>;

    beforeEach(async () => {
      finish = hangUntilTold();
      busy = Promise.all(others.map((other) => run(new Delivery(1), other)));
      await eventually(() => expect(sent).toBe(2));
      await expect(run(new Delivery(2))).rejects.toMatchObject({ code: 'not_reached' });
      expect(entry()).toMatchObject({ state: 'spent' });
      finish();
      await busy;
    });

    it('goes on later under the same authorisation', async () => {
      expect(await run(new Delivery(2))).toEqual(['attempted', 'executed']);
      expect(sent).toBe(3);
    });

    it('can still be undone, and then ends as failed, which is for the gate to say', async () => {
      const undo = new Delivery(3);
      await undoRequests.stopUndone(undoRequested, undo.context);
      expect(undo.said).toEqual([]);
      expect(await run(new Delivery(2))).toEqual(['attempted', 'failed undone']);
      expect(await run(new Delivery(2))).toEqual(['attempted', 'failed undone']);
      expect(sent).toBe(2);
    });
  });

  describe('an undo', () => {
    const undo = async (sequence: number): Promise<string[]> => {
      const delivery = new Delivery(sequence);
      await undoRequests.stopUndone(undoRequested, delivery.context);
      return delivery.said;
    };

    it('is answered once, however often it is delivered or asked for', async () => {
      expect(await undo(5)).toEqual(['undone']);
      expect(await undo(5)).toEqual(['undone']);
      expect(await undo(6)).toEqual([]);
      expect(await run(new Delivery(4))).toEqual([]);
      expect(sent).toBe(0);
    });

    it('does not stop what was authorised after it', async () => {
      await undo(5);
      expect(await run(new Delivery(7))).toEqual(['attempted', 'executed']);
    });

    it('stops what was decided before it, though the authorisation was stored after it', async () => {
      expect(await undo(5)).toEqual(['undone']);
      expect(await run(new Delivery(6), { ...authorized, snapshot: 4 })).toEqual([]);
      expect(sent).toBe(0);
    });

    it('has to be looked at first when it is on the stream already', async () => {
      caughtUp = false;
      await expect(run(new Delivery(4))).rejects.toMatchObject({ code: 'undo_pending' });
      expect(states.entries.has('act_1')).toBe(false);
      caughtUp = true;
      expect(await run(new Delivery(4))).toEqual(['attempted', 'executed']);
    });

    it('during a try does not stop it, but there is no other', async () => {
      const finish = hangUntilTold(DEFERRED);
      const trying = run(new Delivery(4));
      await eventually(() => expect(sent).toBe(1));
      expect(await undo(5)).toEqual([]);
      finish();
      await trying;
      expect(entry()).toMatchObject({ state: 'settled', outcome: { data: { failure: { code: 'undone' } } } });
      expect(await run(new Delivery(4))).toEqual(['attempted', 'failed undone']);
      expect(sent).toBe(1);
    });

    it('between two tries wins', async () => {
      answer = () => Promise.resolve(DEFERRED);
      await expect(run(new Delivery(4))).rejects.toThrow(NotDueError);
      expect(await undo(5)).toEqual(['undone']);
      nowMs = () => Date.now() + 3_600_000;
      expect(await run(new Delivery(4))).toEqual([]);
      expect(sent).toBe(1);
    });

    it('comes too late after the attempt', async () => {
      await run(new Delivery(4));
      expect(await undo(5)).toEqual([]);
    });
  });

  describe('a known outcome', () => {
    it.each([
      ['executed', SENT, ['attempted', 'executed']],
      ['refused', REFUSED, ['attempted', 'failed smtp_refused']],
    ] as const)('is noted and said though the ledger was away when it came: %s', async (_name, effect, said) => {
      answer = () => {
        states.failNext(3);
        return Promise.resolve(effect);
      };
      expect(await run(new Delivery(1))).toEqual(said);
      expect(entry()).toMatchObject({ state: 'settled' });
      expect(await run(new Delivery(1))).toEqual(said);
      expect(sent).toBe(1);
    });

    it('stands when another gate has given it up for unknown meanwhile', async () => {
      const finish = hangUntilTold();
      const delivery = new Delivery(1);
      const trying = run(delivery);
      await eventually(() => expect(sent).toBe(1));
      const late = await otherGate();
      nowMs = () => Date.now() + 60_000;
      const stranger = new Delivery(1);
      await late.runAuthorized(authorized, stranger.context);
      expect(stranger.said).toEqual(['unknown smtp_cannot_tell']);
      finish();
      await trying;
      expect(delivery.said).toEqual(['attempted', 'executed']);
      expect(delivery.names).toEqual(['attempted', 'executed']);
      expect(entry()).toMatchObject({ outcome: { kind: 'executed' } });
    });
  });

  it('leaves to another gate what that one has in hand', async () => {
    const finish = hangUntilTold();
    const trying = run(new Delivery(1));
    await eventually(() => expect(sent).toBe(1));
    const other = await otherGate();
    const stranger = new Delivery(1);
    await expect(other.runAuthorized(authorized, stranger.context)).rejects.toThrow(NotDueError);
    expect(stranger.said).toEqual([]);
    finish();
    expect(await trying).toEqual(['attempted', 'executed']);
    await other.runAuthorized(authorized, stranger.context);
    expect(stranger.said).toEqual(['attempted', 'executed']);
    expect(sent).toBe(1);
  });

  describe('what the outside puts off', () => {
    const inAWeekMs = 7 * 24 * 3_600_000;

    beforeEach(() => (answer = () => Promise.resolve(DEFERRED)));

    const tryAt = async (laterMs: number): Promise<Delivery> => {
      const startMs = Date.now();
      nowMs = () => startMs + laterMs;
      const delivery = new Delivery(1);
      await gate.runAuthorized(authorized, delivery.context).catch((error: unknown) => (delivery.error = error));
      return delivery;
    };

    it('is tried again after growing pauses, each try told once', async () => {
      const first = await tryAt(0);
      expect(first.said).toEqual(['attempted', 'deferred smtp_deferred']);
      expect(first.error).toBeInstanceOf(NotDueError);
      expect((await tryAt(500)).said).toEqual([]);
      expect((await tryAt(1_100)).names).toEqual(['deferred-2']);
      expect((await tryAt(2_900)).said).toEqual([]);
      expect((await tryAt(3_300)).names).toEqual(['deferred-3']);
      answer = () => Promise.resolve(SENT);
      expect((await tryAt(9_000)).said).toEqual(['executed']);
      expect(sent).toBe(4);
    });

    it('counts a try that did not come about as the same one', async () => {
      await tryAt(0);
      const finish = hangUntilTold();
      const busy = [2, 3].map((n) => run(new Delivery(1), eventOf(ActionAuthorized, authorizationOf({ actionId: `act_${n}`, authorizationId: `auth_${n}` }))));
      await eventually(() => expect(sent).toBe(3));
      expect(await tryAt(2_000)).toMatchObject({ said: [], error: { code: 'not_reached' } });
      finish();
      await Promise.all(busy);
      answer = () => Promise.resolve(DEFERRED);
      expect((await tryAt(2_000)).names).toEqual(['deferred-2']);
    });

    it('is told again when the broker was away for it, under the same name', async () => {
      const delivery = new Delivery(1);
      const publish = delivery.publishNow;
      delivery.publishNow = (contract, data, options) => (contract.type.endsWith('deferred') ? Promise.reject(new RetryableError('away')) : publish(contract, data, options));
      await expect(run(delivery)).rejects.toThrow(RetryableError);
      expect(entry()).toMatchObject({ state: 'deferred', said: false });
      expect((await tryAt(5_000)).names).toEqual(['deferred-1']);
      expect((await tryAt(5_000)).names).toEqual(['deferred-2']);
    });

    it('fails, and can be sent again, when no other try fits before it expires', async () => {
      await tryAt(0);
      const last = await tryAt(inAWeekMs - 1_500);
      expect(last.said).toEqual(['failed smtp_deferred']);
      expect(entry()).toMatchObject({ outcome: { data: { failure: { retryable: true, message: expect.stringContaining('tried 2 times') as unknown } } } });
      answer = () => Promise.resolve(SENT);
      const again = eventOf(ActionAuthorized, authorizationOf({ authorizationId: 'auth_2', expiresAt: new Date(Date.now() + 2 * inAWeekMs).toISOString() }));
      expect(await run(new Delivery(9), again)).toEqual(['attempted', 'executed']);
      expect(sent).toBe(3);
    });

    it('is never tried after it expired', async () => {
      await tryAt(0);
      expect((await tryAt(inAWeekMs + 1)).said).toEqual(['attempted', 'failed authorization_expired']);
      expect(sent).toBe(1);
    });
  });

  describe('while the answer of an outside that knows the key is awaited', () => {
    const UNCLEAR: Effect = { kind: 'unclear', failure: { code: 'no_answer', retryable: true, message: 'x', hint: 'x' } };
    const calls: string[] = [];
    let keyed: EffectGate;

    beforeEach(async () => {
      jest.useFakeTimers();
      calls.length = 0;
      const call = (name: string, effect: Effect) => () => {
        calls.push(name);
        return Promise.resolve(effect);
      };
      const connector = {
        name: 'email', mode: 'live', handles: ['email.send'], keyOf: () => '<a@b>', repeat: call('repeat', SENT), findOutcome: call('find', SENT),
        execute: async () => {
          calls.push('execute');
          await new Promise((resolve) => setTimeout(resolve, 6_000));
          return UNCLEAR;
        },
      } as const;
      const limits = { ...LIMITS, timeoutMs: 20_000, retry: { attempts: 2, firstDelayMs: 1, maxDelayMs: 1 } };
      pool = new ConnectorPool([connector], limits);
      keyed = await otherGate();
    });
    afterEach(() => jest.useRealTimers());

    const passAfter = async (meanwhile: () => unknown, expiresInMs = 60_000): Promise<void> => {
      const event = eventOf(ActionAuthorized, authorizationOf({ expiresAt: new Date(Date.now() + expiresInMs).toISOString() }));
      const passing = keyed.runAuthorized(event, new Delivery(1).context);
      await jest.advanceTimersByTimeAsync(1_000);
      await meanwhile();
      await jest.advanceTimersByTimeAsync(10_000);
      await passing;
    };

    it('repeats while it is authorised', async () => {
      await passAfter(() => undefined);
      expect(calls).toEqual(['execute', 'repeat']);
    });

    it('only looks up once it was undone', async () => {
      await passAfter(() => undoRequests.stopUndone(undoRequested, new Delivery(5).context));
      expect(calls).toEqual(['execute', 'find']);
    });

    it('only looks up once it has expired', async () => {
      await passAfter(() => undefined, 3_000);
      expect(calls).toEqual(['execute', 'find']);
    });
  });

  async function otherGate(): Promise<EffectGate> {
    return new EffectGate(await EffectLedger.open(states, emptyStream), pool, { now: () => nowMs() }, { isCaughtUp: () => Promise.resolve(true) }, { retryFirstPauseMs: 1_000 });
  }

  /** The outside does not answer until the function returned is called. */
  function hangUntilTold(effect: Effect = SENT): () => void {
    let tell = (): void => {};
    const told = new Promise<void>((resolve) => (tell = resolve));
    answer = async () => {
      await told;
      return effect;
    };
    return tell;
  }
});
