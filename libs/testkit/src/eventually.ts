import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats an assertion until it holds and answers what it returned.
 * Throws the assertion's own last error when it still fails after `timeoutMs`; the assertion runs at least once.
 */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { timeoutMs = 4_000, intervalMs = 20 }: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() >= until) throw error;
      await sleep(intervalMs);
    }
  }
}
