import { ActionExpired, ActionUndone, type Envelope } from '@troupe/contracts';
import { startTestNats, type TestNats } from '@troupe/testkit';
import { buildEvent, CollectingContext, decideOnce, draft, openLink, States, type Decided, type NatsLink, type StateStore } from '../index.ts';

const producer = { name: 'counter', version: '1.0.0', emits: [ActionExpired] };

interface Count {
  readonly count: number;
}

function arrival(id: string): Envelope {
  const lineage = { id, time: '2026-01-05T09:00:00.000Z', correlationId: 'evt_story', origin: 'system' as const, hops: 0 };
  const data = { actionId: 'act_1', digest: 'sha256:00' };
  return buildEvent({ ...producer, emits: [ActionUndone] }, { contract: ActionUndone, data }, lineage);
}

/** One delivery of an event to a handler. */
function delivery(id: string, handler = 'counter.onEvent'): CollectingContext {
  const trigger = { event: arrival(id), sequence: 1, storedAtMs: 0, deliveryCount: 1, signal: new AbortController().signal };
  return new CollectingContext(trigger, { producer, handler, publish: async () => {}, now: () => 0 });
}

describe('decideOnce on a real KV bucket', () => {
  let nats: TestNats;
  let link: NatsLink;
  let store: StateStore<Decided<Count>>;
  let buckets = 0;

  beforeAll(async () => {
    nats = await startTestNats();
    link = await openLink({ url: nats.url, service: 'counter' });
  });
  beforeEach(async () => {
    buckets += 1;
    store = await new States(link).open(`COUNTS_${buckets}`);
  });
  afterAll(async () => {
    await link.connection.close();
    await nats.stop();
  });

  /** Counts up and says how far it has counted. */
  function count(ctx: CollectingContext): Promise<Count> {
    return decideOnce(store, ctx, 'one', (state = { count: 0 }) => {
      const next = { count: state.count + 1 };
      return { state: next, outputs: [draft(ActionExpired, { actionId: `act_${next.count}`, digest: 'sha256:00' })] };
    });
  }

  it('I2: decides once per event, and says the same again on a repeat', async () => {
    const [first, repeat] = [delivery('evt_a'), delivery('evt_a')];
    await count(first);
    await count(delivery('evt_b'));
    await count(repeat);
    expect((await store.get('one'))?.state.state).toEqual({ count: 2 });
    expect(repeat.outputs.map(({ id, data }) => [id, data])).toEqual(first.outputs.map(({ id, data }) => [id, data]));
  });

  it('decides apart for two handlers of one event', async () => {
    await count(delivery('evt_a', 'counter.one'));
    await count(delivery('evt_a', 'counter.two'));
    expect((await store.get('one'))?.state.state).toEqual({ count: 2 });
  });

  it('loses no decision when replicas decide at the same moment', async () => {
    const contexts = ['evt_a', 'evt_b', 'evt_c', 'evt_d'].map((id) => delivery(id));
    await Promise.all(contexts.map(count));
    expect((await store.get('one'))?.state.state).toEqual({ count: 4 });
    expect(new Set(contexts.map(({ outputs }) => (outputs[0]?.data as { actionId: string }).actionId)).size).toBe(4);
  });

  it('changes nothing when the decision throws', async () => {
    const refuse = (): never => {
      throw new Error('no');
    };
    await expect(decideOnce(store, delivery('evt_a'), 'one', refuse)).rejects.toThrow('no');
    expect(await store.get('one')).toBeUndefined();
  });

  it('I12: what is stored for a key does not grow with the number of its events', async () => {
    const sizes: number[] = [];
    for (let index = 0; index < 100; index += 1) {
      await count(delivery(`evt_${String(index).padStart(3, '0')}`));
      sizes.push(JSON.stringify((await store.get('one'))?.state).length);
    }
    expect(sizes[99]).toBeLessThanOrEqual((sizes[39] ?? 0) + 64);
  });
});
