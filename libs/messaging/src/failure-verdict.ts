import { NotDueError, RetryableError, TerminalError } from './errors.ts';

/** What happens to a message whose handler threw. */
export type FailureVerdict = { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'dead_letter' };

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 60_000;
/** A broker on a laptop that slept, or was restarted, has lost count: look again at least this often. */
const LONGEST_WAIT_MS = 300_000;

/** The closed family of errors and its consequences. `deliveryCount` is 1 on the first delivery. */
export function failureVerdict(error: unknown, deliveryCount: number, maxDeliveries: number, nowMs: number): FailureVerdict {
  if (error instanceof NotDueError) return { kind: 'retry', delayMs: Math.min(LONGEST_WAIT_MS, Math.max(0, error.untilMs - nowMs)) };
  if (error instanceof RetryableError) return { kind: 'retry', delayMs: error.delayMs };
  if (error instanceof TerminalError || deliveryCount >= maxDeliveries) return { kind: 'dead_letter' };
  return { kind: 'retry', delayMs: Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (deliveryCount - 1)) };
}
