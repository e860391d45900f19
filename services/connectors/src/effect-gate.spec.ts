import { ActionAuthorized, ActionUndoRequested, schemaUrn, type DataOf, type Effect, type EventContract, type EventOf } from '@troupe/contracts';
import { RetryableError, type HandlerContext } from '@troupe/messaging';
import { eventually } from '@troupe/testkit';
import { ConnectorPool } from './connector-pool.ts';
import { EffectGate } from './effect-gate.handler.ts';
import { EffectLedger } from './effect-ledger.ts';
import { authorizationOf } from './testing/authorizations.ts';
import { InMemoryStates } from './testing/in-memory-states.ts';

const LIMITS = {
  timeoutMs: 1_000,
  capacity: 1,
  retry: { attempts: 1, firstDelayMs: 1, maxDelayMs: 1 },
  breaker: { minimumCalls: 100, failurePercent: 50, windowMs: 1_000, openForMs: 1_000 },
};
const SENT: Effect = { kind: 'executed', providerReference: '<a@b>', summary: 'sent' };
const emptyStream = { read: () => Promise.resolve(), lastSequence: () => Promise.resolve(0) };

function eventOf<C extends EventContract>(contract: C, data: DataOf<C>): EventOf<C> {
  return {
    specversion: '1.0', id: 'evt_1', source: '/services/policy', type: contract.type, time: '2026-11-23T07:00:00.000Z',
    dataschema: schemaUrn(contract), datacontenttype: 'application/json', correlationid: 'evt_0', origin: 'operator', hops: 1,
    agent: 'policy', agentversion: '0.1.0', data,
  };
}

/** One delivery: what was said, and a broker that can be away. */
class Delivery {
  readonly said: string[] = [];
  readonly signal = new AbortController().signal;
  constructor(readonly sequence: number, private readonly brokerIsAway = false) {}
  emit = (contract: EventContract, data: unknown): string => {
    const { failure } = data as { failure?: { code: string } };
    this.said.push(contract.type.slice('evt.action.'.length) + (failure ? ` ${failure.code}` : ''));
    return 'evt_2';
  };
  publishNow = (contract: EventContract, data: unknown): Promise<string> =>
    this.brokerIsAway ? Promise.reject(new RetryableError('The broker is away.')) : Promise.resolve(this.emit(contract, data));
  get context(): HandlerContext {
    return this as unknown as HandlerContext;
  }
}

describe('the effect gate, step by step', () => {
  const authorized = eventOf(ActionAuthorized, authorizationOf());
  const undoRequested = eventOf(ActionUndoRequested, { actionId: 'act_1', digest: authorized.data.digest, requestedBy: 'owner' });
  let states: InMemoryStates;
  let gate: EffectGate;
  let sent: number;
  let answer: () => Promise<Effect>;

  beforeEach(async () => {
    sent = 0;
    answer = () => Promise.resolve(SENT);
    const connector = {
      name: 'email', mode: 'live', handles: ['email.send'], repeatable: false, keyOf: () => '<a@b>',
      execute: () => {
        sent += 1;
        return answer();
      },
      findOutcome: () => Promise.reject(new Error('nobody should have to ask')),
    } as const;
    states = new InMemoryStates();
    const pool = new ConnectorPool([connector], LIMITS);
    gate = new EffectGate(await EffectLedger.open(states, emptyStream), pool, { now: () => Date.now() });
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
    await expect(run(new Delivery(1))).rejects.toMatchObject({ code: 'in_hand' });
    finish();
    expect(await first).toEqual(['attempted', 'executed']);
    expect(sent).toBe(1);
  });

  describe('when the outside could not be called', () => {
    const other = eventOf(ActionAuthorized, authorizationOf({ actionId: 'act_2', authorizationId: 'auth_2' }));
    let finish: () => void;
    let busy: Promise<unknown>;

    beforeEach(async () => {
      finish = hangUntilTold();
      busy = run(new Delivery(1), other);
      await eventually(() => expect(sent).toBe(1));
      await expect(run(new Delivery(2))).rejects.toMatchObject({ code: 'not_reached' });
      expect(entry()).toMatchObject({ state: 'spent' });
      finish();
      await busy;
    });

    it('goes on later under the same authorisation', async () => {
      expect(await run(new Delivery(2))).toEqual(['attempted', 'executed']);
      expect(sent).toBe(2);
    });

    it('can still be undone, and then ends as failed, which is for the gate to say', async () => {
      const undo = new Delivery(3);
      await gate.stopUndone(undoRequested, undo.context);
      expect(undo.said).toEqual([]);
      expect(await run(new Delivery(2))).toEqual(['attempted', 'failed undone']);
      expect(await run(new Delivery(2))).toEqual(['attempted', 'failed undone']);
      expect(sent).toBe(1);
    });
  });

  describe('an undo', () => {
    const undo = async (sequence: number): Promise<string[]> => {
      const delivery = new Delivery(sequence);
      await gate.stopUndone(undoRequested, delivery.context);
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

    it('comes too late after the attempt', async () => {
      await run(new Delivery(4));
      expect(await undo(5)).toEqual([]);
    });
  });

  /** The outside does not answer until the function returned is called. */
  function hangUntilTold(): () => void {
    let tell = (): void => {};
    const told = new Promise<void>((resolve) => (tell = resolve));
    answer = async () => {
      await told;
      return SENT;
    };
    return tell;
  }
});
