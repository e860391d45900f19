import type { Compensation, Deferral, Latest, ProposedForm, Run, RunOutcome } from './action-life.ts';

/**
 * How two values of one register become one. Each of these is commutative, associative and idempotent; the fold of an event
 * and the join of two lives rest on the same ones.
 */

/** The one that stands later in the history. At the same place they are the same thing, told twice. */
export function later<Value extends Latest>(one: Value | undefined, other: Value): Value;
export function later<Value extends Latest>(one: Value | undefined, other: Value | undefined): Value | undefined;
export function later<Value extends Latest>(one: Value | undefined, other: Value | undefined): Value | undefined {
  if (!one || !other) return one ?? other;
  return other.at > one.at ? other : one;
}

/** Ids are unique, so a second proposal of the same action is a repeat; of two, the smaller event id counts everywhere. */
export function firstProposed(one: ProposedForm | undefined, other: ProposedForm | undefined): ProposedForm | undefined {
  if (!one || !other) return one ?? other;
  return one.eventId <= other.eventId ? one : other;
}

/** What the gate said of one authorisation, from two sides. */
export function joinedRun(one: Run = { attempted: false }, other: Partial<Run> = {}): Run {
  const deferral = laterDeferral(one.deferral, other.deferral);
  const outcome = knownOutcome(one.outcome, other.outcome);
  return {
    attempted: one.attempted || other.attempted === true,
    ...(deferral ? { deferral } : {}),
    ...(outcome ? { outcome } : {}),
  };
}

/** A compensation that ran cannot be talked away; its place is where policy let it. */
export function joinedCompensation(one: Compensation | undefined, other: Compensation | undefined): Compensation | undefined {
  const latest = later(one, other);
  const outcomes = [one?.outcome, other?.outcome];
  const outcome = outcomes.includes('executed') ? 'executed' : outcomes.find((each) => each !== undefined);
  return latest && { at: latest.at, compensationId: latest.compensationId, ...(outcome ? { outcome } : {}) };
}

function laterDeferral(one: Deferral | undefined, other: Deferral | undefined): Deferral | undefined {
  if (!one || !other) return one ?? other;
  return other.tries > one.tries ? other : one;
}

const CERTAINTY = { unknown: 0, failed: 1, executed: 2 } as const;

/** Of two outcomes the more certain counts: known over unknown, and what happened cannot be talked away. */
function knownOutcome(one: RunOutcome | undefined, other: RunOutcome | undefined): RunOutcome | undefined {
  if (!one || !other) return one ?? other;
  return CERTAINTY[other.kind] > CERTAINTY[one.kind] ? other : one;
}
