import { jest } from '@jest/globals';
import { BreakerOpen, BulkheadFull, TimedOut, wasNotMade } from './guard.errors.ts';
import { guard, type Guard, type GuardOptions } from './guard.ts';

const OPTIONS: GuardOptions = {
  name: 'mail',
  timeoutMs: 1_000,
  capacity: 2,
  retry: { attempts: 3, firstDelayMs: 100, maxDelayMs: 150 },
  breaker: { minimumCalls: 4, failurePercent: 50, windowMs: 60_000, openForMs: 30_000 },
};
const away = new Error('away');
const fails = (): Promise<never> => Promise.reject(away);
const works = (): Promise<string> => Promise.resolve('done');
const hangs = (): Promise<never> => new Promise(() => {});
const always = (): boolean => true;

describe('guard', () => {
  let guarded: Guard;

  beforeEach(() => {
    jest.useFakeTimers();
    guarded = guard(OPTIONS);
  });
  afterEach(() => {
    guarded.stop();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const failTimes = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i += 1) await expect(guarded(fails)).rejects.toBe(away);
  };

  it('hands over what the call answers', async () => {
    await expect(guarded(works)).resolves.toBe('done');
    expect(guarded.state).toBe('closed');
  });

  describe('retry', () => {
    it('never repeats a failure the caller has not named', async () => {
      const call = jest.fn(fails);
      await expect(guarded(call)).rejects.toBe(away);
      expect(call).toHaveBeenCalledTimes(1);
    });

    it('pauses for a random share of the growing delay, which is capped', async () => {
      jest.spyOn(Math, 'random').mockReturnValue(0.5);
      const call = jest.fn(fails);
      const ended = expect(guarded(call, { isRetryable: always })).rejects.toBe(away);
      await jest.advanceTimersByTimeAsync(49);
      expect(call).toHaveBeenCalledTimes(1);
      await jest.advanceTimersByTimeAsync(1);
      expect(call).toHaveBeenCalledTimes(2);
      await jest.advanceTimersByTimeAsync(74);
      expect(call).toHaveBeenCalledTimes(2);
      await jest.advanceTimersByTimeAsync(1);
      expect(call).toHaveBeenCalledTimes(3);
      await ended;
    });

    it('answers the first success', async () => {
      const call = jest.fn<() => Promise<string>>().mockRejectedValueOnce(away).mockResolvedValueOnce('done');
      const answer = guarded(call, { isRetryable: (error) => error === away });
      await jest.advanceTimersByTimeAsync(100);
      await expect(answer).resolves.toBe('done');
    });

    it('stops when the caller gives up', async () => {
      const caller = new AbortController();
      const call = jest.fn((): Promise<never> => {
        caller.abort();
        return fails();
      });
      await expect(guarded(call, { isRetryable: always, signal: caller.signal })).rejects.toBe(away);
      expect(call).toHaveBeenCalledTimes(1);
    });
  });

  describe('timeout', () => {
    it('lets a call that minds its signal say what it left behind', async () => {
      const minding = (signal: AbortSignal): Promise<string> =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve('nothing was handed over')));
      const answer = guarded(minding);
      await jest.advanceTimersByTimeAsync(1_000);
      await expect(answer).resolves.toBe('nothing was handed over');
    });

    it('gives up a call that does not', async () => {
      const ended = expect(guarded(hangs)).rejects.toBeInstanceOf(TimedOut);
      await jest.advanceTimersByTimeAsync(2_000);
      await ended;
    });

    it('does not abort its neighbours', async () => {
      const signals: AbortSignal[] = [];
      const hanging = (signal: AbortSignal): Promise<never> => {
        signals.push(signal);
        return hangs();
      };
      const first = expect(guarded(hanging)).rejects.toBeInstanceOf(TimedOut);
      await jest.advanceTimersByTimeAsync(600);
      const second = expect(guarded(hanging)).rejects.toBeInstanceOf(TimedOut);
      await jest.advanceTimersByTimeAsync(500);
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
      await jest.advanceTimersByTimeAsync(2_000);
      await Promise.all([first, second]);
    });
  });

  describe('bulkhead', () => {
    it('turns away what exceeds the capacity, without blaming the outside', async () => {
      const ended = [guarded(hangs), guarded(hangs)].map((call) => expect(call).rejects.toBeInstanceOf(TimedOut));
      for (let i = 0; i < 10; i += 1) await expect(guarded(works)).rejects.toBeInstanceOf(BulkheadFull);
      expect(guarded.state).toBe('closed');
      await jest.advanceTimersByTimeAsync(2_000);
      await Promise.all(ended);
      await expect(guarded(works)).resolves.toBe('done');
    });
  });

  describe('breaker', () => {
    it('stays closed below the minimum of calls', async () => {
      await failTimes(3);
      expect(guarded.state).toBe('closed');
    });

    it('opens after repeated failures and makes no call while open', async () => {
      await failTimes(4);
      expect(guarded.state).toBe('open');
      const call = jest.fn(works);
      const error: unknown = await guarded(call, { isRetryable: always }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(BreakerOpen);
      expect(wasNotMade(error)).toBe(true);
      expect(call).not.toHaveBeenCalled();
    });

    it('closes again after one success', async () => {
      await failTimes(4);
      await jest.advanceTimersByTimeAsync(30_000);
      expect(guarded.state).toBe('half-open');
      await expect(guarded(works)).resolves.toBe('done');
      expect(guarded.state).toBe('closed');
    });

    it('opens again when the one call fails, and lets only one through', async () => {
      await failTimes(4);
      await jest.advanceTimersByTimeAsync(30_000);
      const [probe, other] = await Promise.allSettled([guarded(fails), guarded(works)]);
      expect(probe).toMatchObject({ status: 'rejected', reason: away });
      expect(other).toMatchObject({ status: 'rejected', reason: expect.any(BreakerOpen) as unknown });
      expect(guarded.state).toBe('open');
    });
  });
});
