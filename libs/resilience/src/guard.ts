import { backOff } from 'exponential-backoff';
import CircuitBreaker from 'opossum';
import { BreakerOpen, BulkheadFull, TimedOut, wasNotMade } from './guard.errors.ts';

/** `closed`: calls pass. `open`: none does. `half-open`: one passes, and decides which of the two comes next. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** How much of one dependency is borne: how long, how many at once, how often again, and when to stop asking. */
export interface GuardOptions {
  /** What is guarded, for people: `email`. */
  readonly name: string;
  /** One call, not all its repeats. */
  readonly timeoutMs: number;
  /** Calls under way at the same time. */
  readonly capacity: number;
  /** Up to `attempts` calls in all, with a pause of up to `firstDelayMs`, twice that, and so on up to `maxDelayMs`. */
  readonly retry: { readonly attempts: number; readonly firstDelayMs: number; readonly maxDelayMs: number };
  /** Opens when, of at least `minimumCalls` within `windowMs`, more than `failurePercent` failed; stays so for `openForMs`. */
  readonly breaker: {
    readonly minimumCalls: number;
    readonly failurePercent: number;
    readonly windowMs: number;
    readonly openForMs: number;
  };
}

/** What a single call may say for itself. */
export interface CallOptions {
  /** Ends the call and its repeats from outside, for example when the process drains. */
  readonly signal?: AbortSignal;
  /**
   * Which failures may be followed by another call. None, unless told. Name only what surely had no effect, or what the
   * outside system recognises by an idempotency key: nothing else may ever be repeated.
   */
  readonly isRetryable?: (error: unknown) => boolean;
}

/** Calls one dependency behind a bulkhead, a breaker and a timeout. One for each dependency; `stop` ends its timers. */
export interface Guard {
  /**
   * Makes the call: bulkhead, then breaker, then timeout, each repeat counted by all three. The call's signal aborts at
   * `timeoutMs`, and the call has one more second to say what it left behind before it is given up. A failure is what
   * rejects: resolve with what is the caller's own fault, or one bad request opens the breaker for all.
   * Rejects with the call's own error, `BreakerOpen`, `BulkheadFull` or `TimedOut`.
   */
  <T>(call: (signal: AbortSignal) => Promise<T>, options?: CallOptions): Promise<T>;
  readonly state: BreakerState;
  /** How long an open breaker stays open, in milliseconds. */
  readonly openForMs: number;
  /** Ends its timers; later calls reject. */
  stop(): void;
}

const LAST_WORDS_MS = 1_000;

/**
 * Composes breaker, timeout and bulkhead (opossum) with retry (exponential-backoff) once, for every outside system.
 * The pauses use full jitter, a random share of the exponential delay, which spreads the repeats of many callers best:
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
 */
export function guard(options: GuardOptions): Guard {
  const breaker = breakerFor(options);
  const once = <T>(call: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> =>
    (breaker.fire(() => withinTime(call, options.timeoutMs, signal)) as Promise<T>).catch((error: unknown) => {
      throw named(error, options);
    });
  const guarded = <T>(call: (signal: AbortSignal) => Promise<T>, { signal, isRetryable = never }: CallOptions = {}): Promise<T> =>
    backOff(() => once(call, signal), {
      jitter: 'full',
      numOfAttempts: options.retry.attempts,
      startingDelay: options.retry.firstDelayMs,
      maxDelay: options.retry.maxDelayMs,
      retry: (error: unknown) => !signal?.aborted && !wasNotMade(error) && isRetryable(error),
    });
  return Object.defineProperties(guarded, {
    state: { get: () => stateOf(breaker) },
    openForMs: { value: options.breaker.openForMs },
    stop: { value: () => breaker.shutdown() },
  }) as Guard;
}

type AnyCall = () => Promise<unknown>;

function breakerFor({ name, timeoutMs, capacity, breaker }: GuardOptions): CircuitBreaker<[AnyCall]> {
  return new CircuitBreaker((call: AnyCall) => call(), {
    name,
    timeout: timeoutMs + LAST_WORDS_MS,
    capacity,
    volumeThreshold: breaker.minimumCalls,
    errorThresholdPercentage: breaker.failurePercent,
    rollingCountTimeout: breaker.windowMs,
    resetTimeout: breaker.openForMs,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    errorFilter: (error: unknown) => codeOf(error) === 'ESEMLOCKED',
  });
}

/** One signal per call: opossum's own abort controller is shared, and one slow call would abort its neighbours. */
async function withinTime<T>(call: (signal: AbortSignal) => Promise<T>, timeoutMs: number, outer?: AbortSignal): Promise<T> {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError')), timeoutMs);
  try {
    return await call(outer ? AbortSignal.any([outer, time.signal]) : time.signal);
  } finally {
    clearTimeout(timer);
  }
}

function named(error: unknown, { name, capacity, timeoutMs, breaker }: GuardOptions): unknown {
  if (!(error instanceof Error) || !CircuitBreaker.isOurError(error)) return error;
  switch (codeOf(error)) {
    case 'EOPENBREAKER':
    case 'ESHUTDOWN':
      return new BreakerOpen(name, breaker.openForMs);
    case 'ESEMLOCKED':
      return new BulkheadFull(name, capacity);
    case 'ETIMEDOUT':
      return new TimedOut(name, timeoutMs);
    default:
      return error;
  }
}

function stateOf(breaker: CircuitBreaker<[AnyCall]>): BreakerState {
  if (breaker.opened || breaker.isShutdown) return 'open';
  return breaker.halfOpen ? 'half-open' : 'closed';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

const never = (): boolean => false;
