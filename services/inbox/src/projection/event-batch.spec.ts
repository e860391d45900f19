import { jest } from '@jest/globals';
import { mailFromAna } from '../testing/sample-events.ts';
import { EventBatch, LINGER_MS, MAX_BATCH } from './event-batch.ts';

const at = (sequence: number) => ({ event: mailFromAna(`evt_${sequence}`), sequence });

/** A store that refuses some sequences for as long as they are in `refused`. */
function makeBatch(awaited: (sequence: number) => boolean = () => true) {
  const stored: number[][] = [];
  const refused = new Set<number>();
  const failures: string[] = [];
  const batch = new EventBatch({
    store: (events) => {
      const sequences = events.map(({ sequence }) => sequence);
      const bad = sequences.find((sequence) => refused.has(sequence));
      if (bad !== undefined) throw new Error(`refused ${bad}`);
      stored.push(sequences);
    },
    isAwaited: ({ sequence }) => awaited(sequence),
    onLateFailure: (error) => void failures.push(String(error)),
  });
  return { batch, stored, refused, failures };
}

describe('collecting events before they are stored', () => {
  afterEach(() => jest.useRealTimers());

  it('does not happen at the end of the stream to what somebody waits for: it is stored at once, with what was collected', () => {
    const { batch, stored } = makeBatch((sequence) => sequence % 2 === 0);
    expect([1, 2, 4, 5, 6].map((sequence) => batch.add(at(sequence), 0))).toEqual([false, true, true, false, true]);
    expect(stored).toEqual([[1, 2], [4], [5, 6]]);
  });

  it('takes a moment at the end of the stream, where nobody waits', () => {
    jest.useFakeTimers();
    const { batch, stored } = makeBatch(() => false);
    batch.add(at(1), 0);
    jest.advanceTimersByTime(LINGER_MS - 1);
    batch.add(at(2), 0);
    expect(stored).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(stored).toEqual([[1, 2]]);
  });

  it('ends with the stream', () => {
    const { batch, stored } = makeBatch();
    [1, 2, 4].forEach((sequence, index) => batch.add(at(sequence), 2 - index));
    expect(stored).toEqual([[1, 2, 4]]);
  });

  it('ends when the batch is full', () => {
    const { batch, stored } = makeBatch();
    for (let sequence = 1; sequence <= 2 * MAX_BATCH + 1; sequence += 1) batch.add(at(sequence), 9_999);
    batch.discard();
    expect(stored.map(({ length }) => length)).toEqual([MAX_BATCH, MAX_BATCH]);
    expect(stored.flat()).toEqual(Array.from({ length: 2 * MAX_BATCH }, (_, index) => index + 1));
  });

  it('ends after a moment, when what lies ahead are no events', () => {
    jest.useFakeTimers();
    const { batch, stored } = makeBatch();
    batch.add(at(1), 5);
    jest.advanceTimersByTime(60);
    expect(stored).toEqual([[1]]);
  });

  it('loses nothing when storing fails: the reader comes back with the last, and all are stored once', () => {
    const { batch, stored, refused } = makeBatch();
    refused.add(1);
    batch.add(at(1), 2);
    batch.add(at(2), 1);
    expect(() => batch.add(at(3), 0)).toThrow('refused 1');
    expect(() => batch.add(at(3), 0)).toThrow('refused 1');
    expect(stored).toEqual([]);
    refused.clear();
    expect(batch.add(at(3), 0)).toBe(true);
    expect(stored).toEqual([[1, 2, 3]]);
  });

  it('stores what lies before an event that cannot be stored', () => {
    const { batch, stored, refused } = makeBatch();
    refused.add(3);
    [1, 2, 3, 4].forEach((sequence) => batch.add(at(sequence), 9));
    expect(() => batch.add(at(5), 0)).toThrow('refused 3');
    expect(stored).toEqual([[1], [2]]);
    refused.clear();
    batch.add(at(5), 0);
    expect(stored).toEqual([[1], [2], [3, 4, 5]]);
  });

  it('tries late events again by itself, and says so', () => {
    jest.useFakeTimers();
    const { batch, stored, refused, failures } = makeBatch();
    refused.add(1);
    batch.add(at(1), 1);
    jest.advanceTimersByTime(60);
    expect(failures).toEqual(['Error: refused 1']);
    refused.clear();
    jest.advanceTimersByTime(600);
    expect(stored).toEqual([[1]]);
  });

  it('forgets what waits when it is discarded', () => {
    jest.useFakeTimers();
    const { batch, stored } = makeBatch();
    batch.add(at(1), 1);
    batch.discard();
    jest.advanceTimersByTime(60);
    expect(stored).toEqual([]);
  });
});
