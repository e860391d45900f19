import { ActionOutcomeReported, ActionUnknown, type Finding } from '@troupe/contracts';
import { type AuthorizationArchive } from './authorization-archive.ts';
import { ConnectorPool } from './connector-pool.ts';
import type { SettledEntry } from './effect-entry.ts';
import { EffectLedger } from './effect-ledger.ts';
import { outcomeOf } from './effect-outcome.ts';
import { authorizationOf } from './testing/authorizations.ts';
import { Delivery, eventOf } from './testing/event-samples.ts';
import { InMemoryStates } from './testing/in-memory-states.ts';
import { UnknownOutcomes } from './unknown-outcomes.handler.ts';

const SINCE = Date.parse('2026-11-23T07:00:00.000Z');
const MINUTE_MS = 60_000;
const AUTHORIZATION = authorizationOf({ compensates: 'act_0' });
const NAME = { actionId: 'act_1', digest: AUTHORIZATION.digest, authorizationId: 'auth_1' };
const failure = (retryable: boolean) => ({ code: 'x', retryable, message: 'x', hint: 'x' });
const OPEN: SettledEntry = {
  state: 'settled',
  attempt: { ...NAME, connector: 'email', mode: 'live', idempotencyKey: '<a@b>', startedAtMs: SINCE, sequence: 5, tries: 1 },
  outcome: outcomeOf(AUTHORIZATION, { kind: 'unclear', failure: failure(true) }, 'live'),
  decidedAt: 4,
};
const DONE: Finding = { kind: 'executed', providerReference: 're_1', summary: 'done' };
const NOT_YET: Finding = { kind: 'unclear', failure: failure(true) };
const LIMITS = {
  timeoutMs: 1_000, capacity: 1, retry: { attempts: 1, firstDelayMs: 1, maxDelayMs: 1 },
  breaker: { minimumCalls: 100, failurePercent: 50, windowMs: 1_000, openForMs: 1_000 },
};

describe('what is unknown', () => {
  let states: InMemoryStates;
  let outcomes: UnknownOutcomes;
  let finding: Finding;
  let asked: number;
  let nowMs: number;

  beforeEach(async () => {
    [asked, nowMs, finding] = [0, SINCE + MINUTE_MS, DONE];
    states = new InMemoryStates();
    const ledger = await EffectLedger.open(states, { read: () => Promise.resolve(), history: () => Promise.resolve({ realm: '', lastSequence: 0 }) });
    await ledger.write('act_1', OPEN, undefined);
    const connector = {
      name: 'email', mode: 'live', handles: ['email.send'], keyOf: () => '<a@b>',
      execute: () => Promise.reject(new Error('nothing may be done here')),
      findOutcome: () => Promise.resolve(finding).finally(() => (asked += 1)),
    } as const;
    const archive = { at: (sequence: number, id: string) => Promise.resolve(sequence === 5 && id === 'auth_1' ? AUTHORIZATION : undefined) };
    outcomes = new UnknownOutcomes(ledger, new ConnectorPool([connector], LIMITS), archive as unknown as AuthorizationArchive, { now: () => nowMs }, { retryFirstPauseMs: MINUTE_MS });
  });

  const unknown = eventOf(ActionUnknown, { ...NAME, failure: failure(true) }, 'evt_u');
  const entry = (): unknown => JSON.parse(states.entries.get('act_1')?.json ?? 'null');
  async function ask(): Promise<Delivery> {
    const delivery = new Delivery(8, false, 'evt_u');
    await outcomes.askOutside(unknown, delivery.context).catch((error: unknown) => (delivery.error = error));
    return delivery;
  }
  async function hear(happened: boolean, id = 'evt_r'): Promise<string[]> {
    const delivery = new Delivery(9, false, id);
    const report = { actionId: 'act_1', digest: NAME.digest, happened, reportedBy: 'operator' };
    await outcomes.hearOwner(eventOf(ActionOutcomeReported, report, id), delivery.context);
    return delivery.said;
  }

  it('is asked about after a pause, and told once it is known', async () => {
    nowMs = SINCE + MINUTE_MS - 1;
    expect((await ask()).error).toMatchObject({ name: 'NotDueError', untilMs: SINCE + MINUTE_MS });
    expect(asked).toBe(0);
    nowMs += 1;
    expect((await ask()).said).toEqual(['executed']);
    expect(entry()).toMatchObject({ outcome: { kind: 'executed', data: { compensates: 'act_0', providerReference: 're_1' } } });
  });

  it('is told again by a redelivery, not asked about again', async () => {
    await ask();
    expect((await ask()).said).toEqual(['executed']);
    expect(asked).toBe(1);
  });

  it.each<[string, Finding, string]>([
    ['was refused', { kind: 'refused', failure: failure(false) }, 'failed x'],
    ['was never made', { kind: 'not_executed' }, 'failed not_executed'],
  ])('turns out to have failed: it %s', async (_name, found, said) => {
    finding = found;
    expect((await ask()).said).toEqual([said]);
  });

  it('is asked about with growing pauses, until a day is over', async () => {
    finding = NOT_YET;
    const looks = [1, 5, 15, 60, 180, 480, 1_440];
    for (const [index, minutes] of looks.entries()) {
      nowMs = SINCE + minutes * MINUTE_MS;
      const next = looks[index + 1];
      expect((await ask()).error).toEqual(next === undefined ? undefined : expect.objectContaining({ untilMs: SINCE + next * MINUTE_MS }));
    }
    await ask();
    expect(asked).toBe(looks.length);
    expect(entry()).toMatchObject({ outcome: { kind: 'unknown' } });
  });

  it('is left to the owner at once where the outside can never tell', async () => {
    finding = { kind: 'unclear', failure: failure(false) };
    expect(await ask()).toMatchObject({ said: [], error: undefined });
    expect(entry()).toEqual(JSON.parse(JSON.stringify(OPEN)));
  });

  it.each([
    [true, 'executed'],
    [false, 'failed reported_not_executed'],
  ])('ends with the owner’s word (%s), told again by a redelivery', async (happened, said) => {
    expect(await hear(happened)).toEqual([said]);
    expect(await hear(happened)).toEqual([said]);
    expect(await hear(!happened, 'evt_other')).toEqual([]);
    expect(await ask()).toMatchObject({ said: [], error: undefined });
    expect(entry()).toMatchObject({ outcome: { data: { compensates: 'act_0' } } });
    expect(asked).toBe(0);
  });

  it('keeps the word that came first when both come at the same time', async () => {
    let tell = (): void => {};
    const told = new Promise<void>((resolve) => (tell = resolve));
    finding = told.then(() => DONE) as unknown as Finding;
    const asking = ask();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await hear(false)).toEqual(['failed reported_not_executed']);
    tell();
    expect((await asking).said).toEqual([]);
    expect(entry()).toMatchObject({ outcome: { kind: 'failed' } });
  });
});
