import type { EpisodicLog } from './episodic-log.ts';
import { ReopenedLog } from './reopened-log.ts';

const lost = new Error('lost');
const isLost = (error: unknown): boolean => error === lost;

/** A log that answers with its number, or fails as it is told. */
function aLog(number: number, failure?: Error): { log: EpisodicLog; closed: () => number } {
  let closed = 0;
  const lastSequence = (): Promise<number> => (failure ? Promise.reject(failure) : Promise.resolve(number));
  const close = (): Promise<void> => Promise.resolve(void (closed += 1));
  return { log: { lastSequence, close } as EpisodicLog, closed: () => closed };
}

describe('a log whose server was lost', () => {
  it('is opened anew, once, however many found it lost, and the lost one is closed', async () => {
    const [first, second] = [aLog(1, lost), aLog(2)];
    let opened = 0;
    const log = await ReopenedLog.over(async () => ((opened += 1) === 1 ? first.log : second.log), isLost);
    await Promise.allSettled([log.lastSequence(), log.lastSequence(), log.lastSequence()]);
    expect(await log.lastSequence()).toBe(2);
    expect({ opened, closed: first.closed() }).toEqual({ opened: 2, closed: 1 });
  });

  it('is tried again when it cannot be opened', async () => {
    const openings = [async () => aLog(1, lost).log, () => Promise.reject(lost), async () => aLog(3).log];
    const log = await ReopenedLog.over(() => (openings.shift() ?? (() => Promise.reject(new Error('once too often'))))(), isLost);
    await expect(log.lastSequence()).rejects.toBe(lost);
    await expect(log.lastSequence()).rejects.toBe(lost);
    expect(await log.lastSequence()).toBe(3);
  });

  it('stays as it is after any other failure', async () => {
    const other = new Error('a duplicate');
    let opened = 0;
    const log = await ReopenedLog.over(async () => (opened += 1, aLog(1, other).log), isLost);
    await expect(log.lastSequence()).rejects.toBe(other);
    await expect(log.lastSequence()).rejects.toBe(other);
    expect(opened).toBe(1);
  });
});
