import type { Card } from '../wire.ts';

/** Whether a failed card can be sent again as it is: its failure may pass. */
export function canRetry({ state, failure }: Pick<Card, 'state' | 'failure'>): boolean {
  return state === 'failed' && failure?.retryable === true;
}

/** Whether the owner is the one to say how it ended. */
export function canReport({ state }: Pick<Card, 'state'>): boolean {
  return state === 'unknown';
}
