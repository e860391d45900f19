import { NoRespondersError, RequestError, TimeoutError } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 5;
const PAUSE_MS = 500;

/**
 * Sets something up on the broker that may be set up twice. Creating a stream writes to disk, which on a busy machine takes
 * longer than the client waits; a broker that has just been started has nobody to answer yet. Anything else fails at once.
 */
export async function patiently<Result>(setUp: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await setUp();
    } catch (error) {
      if (attempt === ATTEMPTS || !mayPass(error)) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof RequestError) return mayPass(error.cause);
  return error instanceof TimeoutError || error instanceof NoRespondersError;
}
