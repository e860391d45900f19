import type { Effect, Failure } from '@troupe/contracts';
import { undoneInTime, type AttemptingEntry } from './effect-gate.decider.ts';
import type { EffectEntry } from './effect-entry.ts';
import { failedOutcome, outcomeOf, type Authorization } from './effect-outcome.ts';
import { pauseAfter } from './retry-pauses.ts';
import type { Conclusion } from './pursue-attempt.ts';

/** What the ledger entry after a try depends on, beside what came of it. Times are milliseconds since 1970. */
export interface TryFacts {
  readonly authorization: Authorization;
  /** Stream sequence of the decision the authorisation follows from. */
  readonly decidedAt: number;
  /** The attempt had been begun before, and this was to find out. */
  readonly inDoubt: boolean;
  /** The outside can be asked again and may still know. */
  readonly mayStillTell: boolean;
  readonly firstPauseMs: number;
  readonly nowMs: number;
}

/** The entry after a try: over, put off, or as open as before. */
export function entryAfter(entry: AttemptingEntry, conclusion: Conclusion, facts: TryFacts): EffectEntry {
  switch (conclusion.kind) {
    case 'not_made':
      return facts.inDoubt ? released(entry, facts) : asBefore(entry);
    case 'unclear':
      return conclusion.failure.retryable && facts.mayStillTell ? released(entry, facts) : settled(entry, conclusion, facts);
    case 'refused':
      return conclusion.failure.retryable ? afterPassingRefusal(entry, conclusion.failure, facts) : settled(entry, conclusion, facts);
    case 'executed':
      return settled(entry, conclusion, facts);
    default:
      return unreachable(conclusion);
  }
}

/** Whoever gets the message next may go on at once. */
function released(entry: AttemptingEntry, { nowMs }: TryFacts): EffectEntry {
  return { ...entry, lease: { ...entry.lease, untilMs: nowMs } };
}

function asBefore({ attempt, undone }: AttemptingEntry): EffectEntry {
  return { state: 'spent', attempt, ...(undone ? { undone } : {}) };
}

function settled({ attempt }: AttemptingEntry, effect: Effect, { authorization, decidedAt }: TryFacts): EffectEntry {
  return { state: 'settled', attempt, outcome: outcomeOf(authorization, effect, attempt.mode), decidedAt };
}

/** Put off while there is time for another try; the outside is unchanged, so an undo of meanwhile has won. */
function afterPassingRefusal(entry: AttemptingEntry, failure: Failure, facts: TryFacts): EffectEntry {
  const { attempt, undone } = entry;
  const { authorization, nowMs } = facts;
  if (undone) return failedWith(entry, { ...undoneInTime, retryable: false }, facts);
  const nextTryAtMs = nowMs + pauseAfter(attempt.tries, facts.firstPauseMs);
  if (nextTryAtMs < Date.parse(authorization.expiresAt)) return { state: 'deferred', attempt, nextTryAtMs, failure, said: false };
  return failedWith(entry, givenUp(failure, attempt.tries, authorization.expiresAt), facts);
}

function failedWith({ attempt }: AttemptingEntry, failure: Failure, { authorization, decidedAt }: TryFacts): EffectEntry {
  return { state: 'settled', attempt, outcome: failedOutcome(authorization, failure), decidedAt };
}

function givenUp(failure: Failure, tries: number, expiresAt: string): Failure {
  const times = tries === 1 ? 'once' : `${tries} times`;
  const message = `${failure.message} It was tried ${times}, and the authorisation ends at ${expiresAt}.`.slice(0, 2_000);
  return { ...failure, message, hint: 'Nothing was done. Send it again, if it still makes sense.' };
}

function unreachable(conclusion: never): never {
  throw new Error(`No entry after ${JSON.stringify(conclusion)}.`);
}
