import { ActionProposed, quarantineEventId, StoryQuarantined, type EventContract, type QuarantineReason } from '@troupe/contracts';
import { RetryableError, type Publisher } from '@troupe/messaging';
import { InMemoryStore } from '../testing/in-memory-store.ts';
import { releaseCard, type StoppedStory } from './story-hold.decider.ts';
import { StoryHolds } from './story-holds.ts';

const config = { storyLimits: { events: 10, modelCalls: 3, moneyMinor: 1_000 } };
const cause = { eventId: 'evt_cause', hops: 3, origin: 'external', sequence: 7 } as const;
const passed = (reached = 11, kind: QuarantineReason['kind'] = 'events') => ({
  story: 's', because: { kind, limit: 10, reached }, lastEvents: [], cause, grants: 0,
});

/** What was said, as type and id; throws while `isAway`. */
class Said {
  readonly events: string[] = [];
  isAway = false;

  publish: Publisher['publish'] = (contract: EventContract, _data, { id }) => {
    if (this.isAway) return Promise.reject(new RetryableError('The broker is away.'));
    this.events.push(`${contract.type} ${id}`);
    return Promise.resolve({ id, sequence: 1, duplicate: false });
  };
}

describe('the holds of stories', () => {
  let store: InMemoryStore<StoppedStory>;
  let said: Said;
  let holds: StoryHolds;

  beforeEach(() => {
    store = new InMemoryStore();
    said = new Said();
    holds = new StoryHolds(store, said, config);
  });

  const inForce = async (): Promise<StoppedStory | undefined> => (await store.get('s'))?.state;

  it('are written first, then said, then noted as said; a repeat does none of it again', async () => {
    const stopped = await holds.limitPassed(passed());
    expect(said.events).toEqual([`${StoryQuarantined.type} ${quarantineEventId('s', 0)}`, expect.stringMatching(`^${ActionProposed.type} evt_`)]);
    expect(stopped).toMatchObject({ state: 'quarantined', isSaid: true });
    const writes = store.writes;
    expect(writes).toBe(2);
    await holds.limitPassed(passed(12));
    await holds.sayWhatIsOwed();
    expect([store.writes, said.events.length]).toEqual([writes, 2]);
  });

  it('of hops are said by the handler that met them: here only the card is put', async () => {
    await holds.limitPassed(passed(32, 'hops'));
    expect(said.events).toEqual([expect.stringMatching(`^${ActionProposed.type} `)]);
  });

  it('stay owed while they cannot be said, and are said by whoever finds them', async () => {
    said.isAway = true;
    await expect(holds.limitPassed(passed())).rejects.toThrow(RetryableError);
    expect(await inForce()).toMatchObject({ state: 'quarantined', isSaid: false });
    said.isAway = false;
    await new StoryHolds(store, said, config).sayWhatIsOwed();
    expect(said.events).toHaveLength(2);
    expect(await inForce()).toMatchObject({ isSaid: true });
  });

  it('of two replicas at the same moment are one, said under the same ids', async () => {
    const other = new StoryHolds(store, said, config);
    await Promise.all([holds.limitPassed(passed(11)), other.limitPassed(passed(12)), holds.limitPassed(passed(13))]);
    expect(new Set(said.events).size).toBe(2);
    expect(await inForce()).toMatchObject({ grants: 0, because: { reached: 11 }, isSaid: true });
  });

  it('take the answer to a card once, and no card of another quarantine', async () => {
    const card = releaseCard(await holds.limitPassed(passed()));
    expect(await holds.answered('s', 'act_other', 'approved')).toBeUndefined();
    expect(await holds.answered('t', card, 'approved')).toBeUndefined();
    const { writes } = store;
    const released = await holds.answered('s', card, 'approved');
    expect(released).toMatchObject({ state: 'released', grants: 1 });
    expect(await holds.answered('s', card, 'approved')).toEqual(released);
    expect(store.writes).toBe(writes + 1);
  });

  it('put the next card when one has expired', async () => {
    const first = releaseCard(await holds.limitPassed(passed()));
    await holds.answered('s', first, 'expired');
    const second = await inForce();
    expect(second).toMatchObject({ state: 'quarantined', earlierCards: 1, isSaid: true });
    const cards = said.events.filter((each) => each.startsWith(ActionProposed.type));
    expect(new Set(cards).size).toBe(2);
  });

  it('are restored from the stream, and never taken back by it', async () => {
    const card = releaseCard(await holds.limitPassed(passed()));
    const early = await inForce();
    await holds.answered('s', card, 'approved');
    if (early) await holds.restore(early);
    expect(await inForce()).toMatchObject({ state: 'released', grants: 1 });
    await store.delete('s');
    if (early) await holds.restore({ ...early, isSaid: false });
    expect(await inForce()).toMatchObject({ state: 'quarantined', isSaid: true });
  });
});
