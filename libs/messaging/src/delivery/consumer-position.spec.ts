import { bucketInMemory } from '../testing/bucket-in-memory.ts';
import { ConsumerPosition, type Position } from './consumer-position.ts';

const KEY = 'policy.policy__onAction';

describe('the position of a durable consumer', () => {
  const history: { realm: string | undefined } = { realm: 'one' };
  let store: ReturnType<typeof bucketInMemory<Position>>;
  let position: ConsumerPosition;

  beforeEach(() => {
    history.realm = 'one';
    store = bucketInMemory<Position>();
    position = new ConsumerPosition(store, KEY, history);
  });

  it('is unknown before it was noted, and only rises then', async () => {
    expect(await position.read(100)).toBeUndefined();
    await position.raise(20);
    await position.raise(10);
    expect(await position.read(100)).toBe(20);
  });

  it('is nothing beyond the end of the stream', async () => {
    await position.raise(20);
    expect([await position.read(19), await position.read(20)]).toEqual([0, 20]);
  });

  it('is that of the stream as it is kept now: nothing at first, and lower than before', async () => {
    await position.raise(20);
    history.realm = 'two';
    expect(await position.read(100)).toBe(0);
    await position.raise(5);
    expect(await position.read(100)).toBe(5);
  });

  it('rises again in a replica that knew a higher one of the history before, after another replica began anew', async () => {
    await position.raise(20);
    history.realm = 'two';
    await new ConsumerPosition(store, KEY, history).reset(0);
    await position.raise(5);
    expect((await store.get(KEY))?.state).toEqual({ sequence: 5, realm: 'two' });
  });

  it('counts where it was noted before histories had names', async () => {
    await store.create(KEY, { sequence: 20 });
    expect(await position.read(100)).toBe(20);
    await position.raise(30);
    expect((await store.get(KEY))?.state).toEqual({ sequence: 30, realm: 'one' });
  });

  it('is set back where a new consumer begins', async () => {
    await position.raise(20);
    await position.reset(3);
    expect(await position.read(100)).toBe(3);
    await position.raise(4);
    expect(await position.read(100)).toBe(4);
  });
});
