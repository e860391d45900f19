import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { openLink, RetryableError, States, type NatsLink } from '../index.ts';

describe('a state bucket on a real nats-server', () => {
  let nats: TestNats;
  let link: NatsLink;
  let buckets = 0;

  beforeAll(async () => {
    nats = await startTestNats();
    link = await openLink({ url: nats.url, service: 'keeper' });
  });
  afterAll(async () => {
    await link.connection.close();
    await nats.stop();
  });

  async function open() {
    buckets += 1;
    const name = `STATES_${buckets}`;
    return { store: await new States(link).open<{ n: number }>(name), stream: `KV_${name}` };
  }

  it('lets one of two who write over the same revision win', async () => {
    const { store } = await open();
    const created = await store.create('a', { n: 1 });
    expect(await store.create('a', { n: 2 })).toBeUndefined();
    expect(await store.get('a')).toEqual({ state: { n: 1 }, revision: created });
    const updated = await store.update('a', { n: 3 }, created!);
    expect(await store.update('a', { n: 4 }, created!)).toBeUndefined();
    expect(await store.get('a')).toEqual({ state: { n: 3 }, revision: updated });
  });

  it('can be written again on the word of the write before', async () => {
    const { store } = await open();
    const created = await store.create('a', { n: 1 });
    const updated = await store.update('a', { n: 2 }, created!);
    expect(await store.update('a', { n: 3 }, updated!)).toBeGreaterThan(updated!);
    expect((await store.get('a'))?.state).toEqual({ n: 3 });
  });

  it.each(['get', 'create', 'update', 'delete'] as const)('that vanished is made again: %s says "not now" once, and then works', async (call) => {
    const { store, stream } = await open();
    await store.create('a', { n: 1 });
    await link.manager.streams.delete(stream);
    const access = { get: () => store.get('b'), create: () => store.create('b', { n: 2 }), update: () => store.update('b', { n: 2 }, 1), delete: () => store.delete('b') };
    await expect(access[call]()).rejects.toThrow(RetryableError);
    await eventually(async () => void (await access[call]()), { timeoutMs: 15_000 });
    expect(await store.create('c', { n: 5 })).toBeGreaterThan(0);
    expect((await store.get('c'))?.state).toEqual({ n: 5 });
  }, 30_000);
});
