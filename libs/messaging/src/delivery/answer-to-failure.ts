import { NotDueError, RetryableError, TerminalError } from '../errors.ts';

/**
 * What becomes of a message whose handler threw. `because` keeps the three kinds of "not now" apart: a moment that has not
 * come, something that is away, and an error nobody foresaw. Only the last is counted.
 */
export type AnswerToFailure =
  | { readonly kind: 'hand_back'; readonly because: 'not_due' | 'waiting' | 'failed'; readonly delayMs: number }
  | { readonly kind: 'dead_letter' };

/** What is known of the tries before this one. */
export interface EarlierTries {
  /** How often it was handed back because something was away. */
  readonly retries: number;
  /** For how long that has been so. */
  readonly waitedMs: number;
  /** Unforeseen errors, this one included. */
  readonly failures: number;
}

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 60_000;
/** A broker on a laptop that slept, or was restarted, has lost count: look again at least this often. */
const LONGEST_WAIT_MS = 300_000;
/** What is away for a moment is found again within a moment; what stays away is asked less often. */
const SHORT_OUTAGE_MS = 120_000;
const LONGEST_PAUSE_MS = 4_000;
const LONGEST_PAUSE_IN_LONG_OUTAGE_MS = 15_000;

/** The closed family of errors and its consequences. */
export function answerToFailure(error: unknown, tries: EarlierTries, maxFailures: number, nowMs: number): AnswerToFailure {
  if (error instanceof TerminalError) return { kind: 'dead_letter' };
  if (error instanceof NotDueError) return { kind: 'hand_back', because: 'not_due', delayMs: untilDue(error, nowMs) };
  if (error instanceof RetryableError) return { kind: 'hand_back', because: 'waiting', delayMs: retryPause(error.delayMs, tries) };
  if (tries.failures >= maxFailures) return { kind: 'dead_letter' };
  return { kind: 'hand_back', because: 'failed', delayMs: doubled(FIRST_BACKOFF_MS, tries.failures - 1, LONGEST_BACKOFF_MS) };
}

function untilDue({ untilMs }: NotDueError, nowMs: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(1, untilMs - nowMs));
}

function retryPause(firstMs: number, { retries, waitedMs }: EarlierTries): number {
  const longestMs = waitedMs < SHORT_OUTAGE_MS ? LONGEST_PAUSE_MS : LONGEST_PAUSE_IN_LONG_OUTAGE_MS;
  return doubled(firstMs, retries, Math.max(longestMs, firstMs));
}

function doubled(firstMs: number, times: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(times, 16));
}
