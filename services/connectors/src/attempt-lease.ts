import { LEASE_MS, type Lease } from './effect-entry.ts';

/**
 * Runs `work` and meanwhile gives a sign of life well before the lease ends. A sign that could not be given is followed by
 * the next; should the lease run out all the same, another gate may conclude that the outcome is unknown, and is put right
 * as soon as this one notes what it knows.
 */
export async function underLease<T>(renew: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  let renewal: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    renewal = renewal.then(renew).catch(() => undefined);
  }, LEASE_MS / 3);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await renewal;
  }
}

/** A lease from now on. */
export function leaseOf(holder: string, nowMs: number): Lease {
  return { holder, untilMs: nowMs + LEASE_MS };
}
