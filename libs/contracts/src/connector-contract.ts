import type { Action } from './events/parts.ts';
import type { Failure } from './failure.ts';

/** Whether an effect reaches the outside world or a readable stand-in on this machine. */
export type ConnectorMode = 'live' | 'sandbox';

/** One attempt to run one authorised action. The same attempt may be presented again after a crash, unchanged. */
export interface Attempt {
  readonly actionId: string;
  readonly authorizationId: string;
  /** Digest of the action as it was authorised, already checked (I1). */
  readonly digest: string;
  /** That action in its present form: arguments of an earlier version of its contract have been brought to this one. */
  readonly action: Action;
  /** When the authorisation was spent, in milliseconds since 1970. */
  readonly startedAtMs: number;
}

/**
 * How an attempt ended:
 * `executed`: the outside system took it;
 * `refused`: it did not, and is unchanged for sure (`failure.retryable`: a later try may do better; `onlyThisOne`: the
 * reason lies in this action, such as a recipient that is put off, and says nothing about the next);
 * `unclear`: the answer was lost, so it may or may not have (`failure.retryable`: asking again may make it clearer).
 */
export type Effect =
  | { readonly kind: 'executed'; readonly providerReference: string; readonly summary: string }
  | { readonly kind: 'refused'; readonly failure: Failure; readonly onlyThisOne?: boolean }
  | { readonly kind: 'unclear'; readonly failure: Failure };

/** What an outside system knows of an attempt whose answer never arrived; `unclear` when it cannot tell. */
export type Finding = Effect | { readonly kind: 'not_executed' };

/**
 * The way to one outside system, for the action types it `handles`. Only the effect gate holds connectors.
 * Arguments have been validated against the catalogue. Nothing a connector returns or throws contains a credential.
 */
export interface Connector {
  readonly name: string;
  readonly mode: ConnectorMode;
  readonly handles: readonly string[];
  /** What the outside system recognises a repeat of this attempt by: idempotency key or Message-ID. Deterministic. */
  keyOf(attempt: Attempt): string;
  /** Acts, once. Ends early, with what it then knows, when `signal` aborts. Foreseen failures are effects, not exceptions. */
  execute(attempt: Attempt, signal: AbortSignal): Promise<Effect>;
  /**
   * Presents an attempt once more whose answer was lost; there only where the outside system recognises `keyOf`, so that
   * both have one effect. Acts when the first did not arrive. `refused` is what became of the first; `unclear` when the
   * repeat was turned away, or when the key may have been forgotten.
   */
  repeat?(attempt: Attempt, signal: AbortSignal): Promise<Effect>;
  /** Asks what became of an attempt. Only reads: never causes an effect, whatever the outside knows. */
  findOutcome(attempt: Attempt, signal: AbortSignal): Promise<Finding>;
}
