import { ActionAttempted, ActionExecuted, type Envelope } from '@troupe/contracts';
import { RetryableError, type ReadOptions } from '@troupe/messaging';
import type { EffectEntry } from './effect-entry.ts';
import { EffectLedger } from './effect-ledger.ts';
import { eventOf } from './testing/event-samples.ts';
import { InMemoryStates } from './testing/in-memory-states.ts';

const NAME = { actionId: 'act_1', digest: 'sha256:1', authorizationId: 'auth_1' };
const ATTEMPTED = eventOf(ActionAttempted, { ...NAME, connector: 'email', mode: 'live', idempotencyKey: '<a@b>' });
const EXECUTED = eventOf(ActionExecuted, { ...NAME, mode: 'live', providerReference: '<a@b>', summary: 'sent' });
const CANCELLED: EffectEntry & { state: 'cancelled' } = { state: 'cancelled', undoSequence: 3 };
const never = new AbortController().signal;

/** A stream in memory that notes from where it was read. */
class Feed {
  readonly readFrom: number[] = [];
  constructor(readonly events: Envelope[] = [], readonly realm = 'one') {}
  history = () => Promise.resolve({ realm: this.realm, lastSequence: this.events.length });
  read = async ({ fromSequence, throughSequence, onEvent }: ReadOptions): Promise<void> => {
    this.readFrom.push(fromSequence);
    for (let sequence = fromSequence; sequence <= throughSequence; sequence += 1) await onEvent(this.events[sequence - 1]!, { sequence, pending: 0 });
  };
}

describe('the effect ledger', () => {
  let states: InMemoryStates;
  let feed: Feed;

  beforeEach(() => {
    states = new InMemoryStates();
    feed = new Feed([ATTEMPTED]);
  });

  it('folds all there is when it begins, and then at each start what came since', async () => {
    expect((await (await EffectLedger.open(states, feed)).find('act_1'))?.state).toMatchObject({ state: 'attempting' });
    feed.events.push(EXECUTED);
    expect((await (await EffectLedger.open(states, feed)).find('act_1'))?.state).toMatchObject({ state: 'settled' });
    expect(feed.readFrom).toEqual([1, 2]);
  });

  it('reads nothing at a start when nothing came', async () => {
    for (let starts = 0; starts < 2; starts += 1) await (await EffectLedger.open(states, feed)).find('act_1');
    expect(feed.readFrom).toEqual([1]);
  });

  it.each([
    ['began anew, and is shorter', 1, 'two'],
    ['began anew, and is as long', 3, 'two'],
    ['began anew, and is longer', 7, 'two'],
    ['lost its last events', 1, 'one'],
  ])('folds all there is when the stream %s', async (_how, length, realm) => {
    feed.events.push(EXECUTED, EXECUTED);
    await (await EffectLedger.open(states, feed)).find('act_1');
    const other = { ...ATTEMPTED.data, actionId: 'act_2' };
    const anew = new Feed([eventOf(ActionAttempted, other), ...Array<Envelope>(length - 1).fill(EXECUTED)], realm);
    expect((await (await EffectLedger.open(states, anew)).find('act_2'))?.state).toMatchObject({ state: 'attempting' });
  });

  it('begins again when a start was cut short', async () => {
    const ledger = await EffectLedger.open(states, feed);
    states.failNext(1);
    await expect(ledger.find('act_1')).rejects.toThrow(RetryableError);
    expect((await ledger.find('act_1'))?.state).toMatchObject({ state: 'attempting' });
  });

  it('lets only one of two write over the same entry', async () => {
    const ledger = await EffectLedger.open(states, new Feed());
    await ledger.write('act_1', CANCELLED, undefined);
    await expect(ledger.write('act_1', CANCELLED, undefined)).rejects.toMatchObject({ code: 'ledger_conflict' });
    const found = await ledger.find('act_1');
    await ledger.write('act_1', CANCELLED, found);
    await expect(ledger.write('act_1', CANCELLED, found)).rejects.toMatchObject({ code: 'ledger_conflict' });
  });

  it('notes what must not be lost over what another wrote meanwhile, and through an absence', async () => {
    const ledger = await EffectLedger.open(states, new Feed());
    const seen: unknown[] = [];
    const written = await ledger.write('act_1', CANCELLED, undefined);
    const noted = await ledger.note('act_1', (entry) => {
      seen.push(entry);
      if (seen.length === 1) void ledger.write('act_1', { ...CANCELLED, undoSequence: 4 }, written);
      if (seen.length === 2) states.failNext(1);
      return { state: 'cancelled', undoSequence: 9 };
    }, { written, signal: never });
    expect(seen).toEqual([CANCELLED, { ...CANCELLED, undoSequence: 4 }, { ...CANCELLED, undoSequence: 4 }]);
    expect(noted).toEqual({ state: 'cancelled', undoSequence: 9 });
    expect((await ledger.find('act_1'))?.state).toEqual(noted);
  });

  it('gives up noting only when the process goes down, and never on a mistake', async () => {
    const ledger = await EffectLedger.open(states, new Feed());
    const written = await ledger.write('act_1', CANCELLED, undefined);
    states.failNext(1);
    await expect(ledger.note('act_1', () => ({ ...CANCELLED }), { written, signal: AbortSignal.abort() })).rejects.toThrow(RetryableError);
    await expect(ledger.note('act_1', () => { throw new TypeError('a mistake'); }, { written, signal: never })).rejects.toThrow(TypeError);
  });
});
