import { setTimeout as sleep } from 'node:timers/promises';
import { WorkQueue } from './work-queue.ts';

const nothing = (): void => {};

function job(run: () => Promise<void>, { key, bytes = 1, handBack = nothing }: { key?: string; bytes?: number; handBack?: () => void } = {}) {
  return { key, bytes, run, handBack };
}

/** A job that runs until it is told to end. */
function held() {
  let end = nothing;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { run: () => ended, end: () => end() };
}

describe('the places of a handler', () => {
  it('says how many are free, counting what runs and what waits for its story', async () => {
    const queue = new WorkQueue(3);
    const [first, second] = [held(), held()];
    queue.add(job(first.run, { key: 'a' }));
    queue.add(job(second.run, { key: 'a' }));
    expect(queue.free).toBe(1);
    first.end();
    second.end();
    await queue.idle();
    expect(queue.free).toBe(3);
  });

  it('runs jobs of one key in their order, however long each takes, and others beside them', async () => {
    const queue = new WorkQueue(4);
    const done: string[] = [];
    const takes = (name: string, ms: number) => async (): Promise<void> => {
      await sleep(ms);
      done.push(name);
    };
    queue.add(job(takes('a1', 40), { key: 'a' }));
    queue.add(job(takes('a2', 1), { key: 'a' }));
    queue.add(job(takes('b1', 10), { key: 'b' }));
    await queue.idle();
    expect(done).toEqual(['b1', 'a1', 'a2']);
  });

  it('runs jobs without a key beside each other, as many as there are places', async () => {
    const queue = new WorkQueue(2);
    const jobs = [held(), held(), held()];
    const begun: number[] = [];
    jobs.forEach(({ run }, index) => queue.add(job(() => (begun.push(index), run()))));
    expect(begun).toEqual([0, 1]);
    jobs.forEach(({ end }) => end());
    await queue.idle();
    expect(begun).toEqual([0, 1, 2]);
  });

  it('has places left while less is in hand', async () => {
    const queue = new WorkQueue(16);
    const large = held();
    queue.add(job(large.run, { bytes: 8 * 1_024 * 1_024 - 1 }));
    expect(queue.free).toBe(15);
    large.end();
    await queue.idle();
  });

  it('has no place left once 8 MiB are in hand', async () => {
    const queue = new WorkQueue(16);
    const large = held();
    queue.add(job(large.run, { bytes: 8 * 1_024 * 1_024 }));
    expect(queue.free).toBe(0);
    large.end();
    await queue.idle();
    expect(queue.free).toBe(16);
  });

  it('begins nothing once it is closed: what waited and what still comes is handed back, what runs may finish', async () => {
    const queue = new WorkQueue(1);
    const running = held();
    const begun: string[] = [];
    const handedBack: string[] = [];
    queue.add(job(running.run));
    queue.add(job(async () => void begun.push('waiting'), { handBack: () => handedBack.push('waiting') }));
    queue.close();
    queue.add(job(async () => void begun.push('late'), { handBack: () => handedBack.push('late') }));
    running.end();
    await queue.idle();
    expect({ begun, handedBack, free: queue.free }).toEqual({ begun: [], handedBack: ['waiting', 'late'], free: 0 });
  });

  it('says each time that a place has become free, to the one who listens', async () => {
    const queue = new WorkQueue(2);
    const said: number[] = [];
    const [first, second, third] = [held(), held(), held()];
    queue.onFree(() => said.push(queue.free));
    for (const { run } of [first, second, third]) queue.add(job(run));
    first.end();
    await sleep(5);
    second.end();
    await sleep(5);
    queue.onFree(undefined);
    third.end();
    await queue.idle();
    expect(said).toEqual([0, 1]);
  });
});
