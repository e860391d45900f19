import { ActionAuthorized, ActionUndoRequested, type Effect } from '@troupe/contracts';
import { ConnectorPool } from './connector-pool.ts';
import { EffectGate } from './effect-gate.handler.ts';
import { EffectLedger } from './effect-ledger.ts';
import { UndoRequests } from './stop-undone.handler.ts';
import { authorizationOf } from './testing/authorizations.ts';
import { Delivery, eventOf } from './testing/event-samples.ts';
import { InMemoryStates } from './testing/in-memory-states.ts';

const LIMITS = {
  timeoutMs: 1_000,
  capacity: 1,
  retry: { attempts: 1, firstDelayMs: 1, maxDelayMs: 1 },
  breaker: { minimumCalls: 100, failurePercent: 50, windowMs: 1_000, openForMs: 1_000 },
};
const SENT: Effect = { kind: 'executed', providerReference: '<a@b>', summary: 'sent' };
const emptyStream = { read: () => Promise.resolve(), history: () => Promise.resolve({ realm: '', lastSequence: 0 }) };

/** The gate writes an entry on the word of its last look at it; an undo that came between must not be overlooked. */
describe('an undo that reaches the ledger', () => {
  const authorized = eventOf(ActionAuthorized, authorizationOf());
  const undoRequested = eventOf(ActionUndoRequested, { actionId: 'act_1', digest: authorized.data.digest, requestedBy: 'owner' });
  let states: InMemoryStates;
  let gate: EffectGate;
  let undo: () => Promise<unknown>;
  let onLook: () => Promise<unknown>;
  let sent: number;

  beforeEach(async () => {
    sent = 0;
    onLook = () => Promise.resolve();
    states = new InMemoryStates();
    const execute = (): Promise<Effect> => Promise.resolve((sent += 1, SENT));
    const connector = { name: 'email', mode: 'live', handles: ['email.send'], keyOf: () => '<a@b>', execute, findOutcome: execute } as const;
    const ledger = await EffectLedger.open(states, emptyStream);
    undo = () => new UndoRequests(ledger).stopUndone(undoRequested, new Delivery(5).context);
    const tail = { isCaughtUp: () => onLook().then(() => true) };
    gate = new EffectGate(ledger, new ConnectorPool([connector], LIMITS), { now: Date.now }, tail, { retryFirstPauseMs: 1_000 });
  });

  const run = async (delivery = new Delivery(4)): Promise<string[]> => {
    await gate.runAuthorized(authorized, delivery.context);
    return delivery.said;
  };
  const entry = (): unknown => JSON.parse(states.entries.get('act_1')?.json ?? 'null');

  it('after the gate has read it and before it has spent wins', async () => {
    onLook = undo;
    await expect(run()).rejects.toMatchObject({ code: 'ledger_conflict' });
    expect(entry()).toMatchObject({ state: 'cancelled' });
    onLook = () => Promise.resolve();
    expect(await run()).toEqual([]);
    expect(sent).toBe(0);
  });

  it('after the authorisation is spent and before the attempt is noted wins', async () => {
    const delivery = new Delivery(4);
    const say = delivery.publishNow;
    delivery.publishNow = async (...event) => {
      await undo();
      return say(...event);
    };
    await expect(run(delivery)).rejects.toMatchObject({ code: 'ledger_conflict' });
    expect(entry()).toMatchObject({ state: 'spent', undone: true });
    expect(await run()).toEqual(['attempted', 'failed undone']);
    expect(sent).toBe(0);
  });
});
