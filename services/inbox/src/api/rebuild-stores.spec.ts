import { jest } from '@jest/globals';
import { RebuildMemory, type QueryContract } from '@troupe/contracts';
import { RetryableError } from '@troupe/messaging';
import { StoreRebuild, type RebuildParts } from './rebuild-stores.ts';

type Reply = object | Promise<object>;

/** A rebuild over services that answer as told; what the inbox does is decided by the test. */
function makeRebuild(replies: { memory: () => Reply; policy: () => Reply }) {
  const asked = { memory: 0, policy: 0, inbox: 0 };
  let finishInbox = (): void => undefined;
  const inbox: RebuildParts['inbox'] = {
    rebuild: () => ((asked.inbox += 1), new Promise<void>((resolve) => (finishInbox = resolve))),
    status: () => ({ caughtUp: true, rebuilding: false, sequence: 70, pending: 30 }),
  };
  const ask = async (query: QueryContract): Promise<unknown> => {
    const name = query.subject === RebuildMemory.subject ? 'memory' : 'policy';
    asked[name] += 1;
    return replies[name]();
  };
  const rebuild = new StoreRebuild({ queries: { ask } as unknown as RebuildParts['queries'], inbox });
  return { rebuild, asked, finishInbox: () => finishInbox() };
}

const rebuilt = () => ({ kind: 'rebuilt', throughSequence: 70 });
const away = () => Promise.reject(new RetryableError('Nobody answered.', { code: 'no_answer', hint: 'Start it.' }));

describe('rebuilding every store', () => {
  it('tells how far it is while it goes on, and the end once it has come', async () => {
    const { rebuild, finishInbox } = makeRebuild({ memory: rebuilt, policy: rebuilt });
    rebuild.start();
    expect(await rebuild.report(5)).toEqual({
      sequence: 70,
      pending: 30,
      complete: false,
      stores: [
        { name: 'memory', done: true, ok: true, detail: 'rebuilt up to 70' },
        { name: 'policy', done: true, ok: true, detail: 'rebuilt up to 70' },
        { name: 'inbox', done: false, ok: true, detail: 'being rebuilt' },
      ],
    });
    finishInbox();
    expect(await rebuild.report(5_000)).toMatchObject({ complete: true, stores: [{}, {}, { name: 'inbox', done: true, ok: true }] });
  });

  it('is joined by whoever asks while it runs, and begun anew afterwards', async () => {
    const { rebuild, asked, finishInbox } = makeRebuild({ memory: rebuilt, policy: rebuilt });
    rebuild.start();
    rebuild.start();
    finishInbox();
    await rebuild.report(5_000);
    expect(asked).toEqual({ memory: 1, policy: 1, inbox: 1 });
    rebuild.start();
    expect(asked).toEqual({ memory: 2, policy: 2, inbox: 2 });
    finishInbox();
  });

  it.each<[what: string, memory: () => Reply, detail: string]>([
    ['a service that is away', away, 'Nobody answered. Start it.'],
    ['a service that says it failed', () => ({ kind: 'failed', failure: { code: 'x', retryable: true, message: 'Disk full.', hint: 'Free some.' } }), 'Disk full. Free some.'],
  ])('goes on without %s, and names it', async (_what, memory, detail) => {
    const { rebuild, finishInbox } = makeRebuild({ memory, policy: rebuilt });
    rebuild.start();
    finishInbox();
    const { stores } = await rebuild.report(5_000);
    expect(stores.map(({ name, done, ok }) => [name, done, ok])).toEqual([['memory', true, false], ['policy', true, true], ['inbox', true, true]]);
    expect(stores[0]?.detail).toBe(detail);
  });

  it('waits on when memory needs longer than one question lasts', async () => {
    const nowMs = jest.spyOn(performance, 'now');
    let elapsedMs = 0;
    nowMs.mockImplementation(() => elapsedMs);
    const late = [() => ((elapsedMs += RebuildMemory.timeoutMs), away()), rebuilt];
    const { rebuild, asked, finishInbox } = makeRebuild({ memory: () => late[asked.memory - 1]?.() ?? {}, policy: rebuilt });
    rebuild.start();
    finishInbox();
    const { stores } = await rebuild.report(5_000);
    nowMs.mockRestore();
    expect(asked.memory).toBe(2);
    expect(stores[0]).toMatchObject({ name: 'memory', ok: true });
  });
});
