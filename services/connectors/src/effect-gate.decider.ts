import { actionDigest, actionProblems, findAction, inPresentForm, type Action, type ConnectorMode, type Failure } from '@troupe/contracts';
import type { BreakerState } from '@troupe/resilience';
import { attemptIn, authorizationOf, mayBeRetried, type DeferredEntry, type EffectEntry } from './effect-entry.ts';
import { failedOutcome, outcomeOf, type Authorization, type Outcome, type SpentAuthorization } from './effect-outcome.ts';

/** All the gate looks at before it acts. Times are milliseconds since 1970, sequences the stream's: `decidedAt` is that of the decision the authorisation follows from. */
export interface Situation {
  readonly authorization: Authorization;
  readonly decidedAt: number;
  readonly entry: EffectEntry | undefined;
  /** The connector that handles this action type; undefined when none does. */
  readonly connector: { readonly mode: ConnectorMode; readonly breaker: BreakerState } | undefined;
  /** How much of the hold window is left; 0 when there is none. */
  readonly holdLeftMs: number;
  /** Whom a lease of ours names. */
  readonly holder: string;
  readonly nowMs: number;
}

export type GateDecision =
  /** Come back: the hold window is open, it was put off, somebody else is at it, or the breaker is open. Nothing is spent. */
  | { readonly kind: 'wait'; readonly untilMs: number; readonly why: 'hold_window' | 'put_off' | 'in_hand' | 'breaker_open' }
  /** It was put off, and that has not been said. */
  | { readonly kind: 'say_deferral'; readonly entry: DeferredEntry }
  /** Spend the authorisation (unless that was done), then act. */
  | { readonly kind: 'attempt' }
  /** It was attempted and its outcome never noted: find out, do not act blindly (I4). `mayAct`: it is still authorised. */
  | { readonly kind: 'find_out'; readonly entry: AttemptingEntry; readonly mayAct: boolean }
  /** It is over: say again what was said. */
  | { readonly kind: 'report'; readonly attempt: SpentAuthorization | undefined; readonly outcome: Outcome }
  /** It ends here, and nothing happens outside. `record`: the authorisation was genuine and is used up by this. */
  | { readonly kind: 'close'; readonly attempt: SpentAuthorization | undefined; readonly outcome: Outcome; readonly record: boolean }
  /** It was undone; that has been said. */
  | { readonly kind: 'stand_down' };

export type AttemptingEntry = Extract<EffectEntry, { state: 'attempting' }>;

const BREAKER_PAUSE_MS = 2_000;

/** What the gate does with an authorisation, given the ledger (I1, I4). */
export function judge(situation: Situation): GateDecision {
  const { authorization, entry } = situation;
  if (actionDigest(authorization.action) !== authorization.digest) return turnAway(authorization, digestMismatch);
  if (entry === undefined || isVoid(entry, situation)) return judgeUntried(situation);
  if (entry.state === 'cancelled') return { kind: 'stand_down' };
  if (authorizationOf(entry) !== authorization.authorizationId) return turnAway(authorization, alreadySpent);
  switch (entry.state) {
    case 'spent':
      return entry.undone ? refuse(situation, undoneInTime) : judgeUntried(situation);
    case 'attempting':
      return judgeUnfinished(entry, situation);
    case 'deferred':
      return judgeDeferred(entry, situation);
    case 'settled':
      return { kind: 'report', attempt: entry.attempt, outcome: entry.outcome };
    default:
      return unreachable(entry);
  }
}

/** A cancellation, or a failure that may pass, ends the authorisation that was out then, not one that was decided later. */
function isVoid(entry: EffectEntry, { authorization, decidedAt }: Situation): boolean {
  if (entry.state === 'cancelled') return entry.undoSequence < decidedAt;
  return mayBeRetried(entry) && authorizationOf(entry) !== authorization.authorizationId && entry.decidedAt < decidedAt;
}

function judgeUntried(situation: Situation): GateDecision {
  const { authorization, connector, nowMs, holdLeftMs } = situation;
  const problems = actionProblems(authorization.action);
  if (isUnreadable(authorization.action)) return refuse(situation, unreadableAction(problems));
  if (problems.length > 0) return refuse(situation, invalidAction(problems));
  if (!connector) return refuse(situation, noConnector(authorization.action.type));
  if (isExpired(situation)) return refuse(situation, expired(authorization.expiresAt));
  if (holdLeftMs > 0) return { kind: 'wait', untilMs: nowMs + holdLeftMs, why: 'hold_window' };
  if (connector.breaker === 'open') return { kind: 'wait', untilMs: nowMs + BREAKER_PAUSE_MS, why: 'breaker_open' };
  return { kind: 'attempt' };
}

function judgeDeferred(entry: DeferredEntry, situation: Situation): GateDecision {
  if (!entry.said) return { kind: 'say_deferral', entry };
  if (isExpired(situation) || situation.nowMs >= entry.nextTryAtMs) return judgeUntried(situation);
  return { kind: 'wait', untilMs: Math.min(entry.nextTryAtMs, Date.parse(situation.authorization.expiresAt)), why: 'put_off' };
}

/** A live attempt must not be looked for in the sandbox, nor the other way round. */
function judgeUnfinished(entry: AttemptingEntry, situation: Situation): GateDecision {
  const { authorization, connector, holder, nowMs } = situation;
  const { attempt, lease } = entry;
  if (lease.holder !== holder && nowMs < lease.untilMs) return { kind: 'wait', untilMs: lease.untilMs, why: 'in_hand' };
  if (connector?.mode === attempt.mode) return { kind: 'find_out', entry, mayAct: entry.undone !== true && !isExpired(situation) && !isUnreadable(authorization.action) };
  const effect = { kind: 'unclear', failure: connectorGone(attempt) } as const;
  return { kind: 'close', attempt, outcome: outcomeOf(authorization, effect, attempt.mode), record: true };
}

function isExpired({ authorization, nowMs }: Situation): boolean {
  return nowMs >= Date.parse(authorization.expiresAt);
}

/** Refuses a genuine authorisation and uses it up. */
function refuse(situation: Situation, failure: GateFailure): GateDecision {
  const { authorization, entry } = situation;
  const attempt = entry && isVoid(entry, situation) ? undefined : attemptIn(entry);
  return { kind: 'close', attempt, outcome: failed(authorization, failure), record: true };
}

/** Refuses without a trace in the ledger, which belongs to the authorisation that is rightly out. */
function turnAway(authorization: Authorization, failure: GateFailure): GateDecision {
  return { kind: 'close', attempt: undefined, outcome: failed(authorization, failure), record: false };
}

/** Final, unless it says otherwise. */
type GateFailure = Omit<Failure, 'retryable'> & Partial<Pick<Failure, 'retryable'>>;

function failed(authorization: Authorization, failure: GateFailure): Outcome {
  return failedOutcome(authorization, { retryable: false, ...failure });
}

const digestMismatch = {
  code: 'digest_mismatch',
  message: 'The action is not the one that was authorised: its digest is another.',
  hint: 'Nothing was done. Find out who published this authorisation, then propose the action anew.',
};

const alreadySpent = {
  code: 'authorization_spent',
  message: 'This action has been attempted before, under another authorisation.',
  hint: 'Look at its history. To do it once more, propose it as a new action.',
};

/** The undo came while it was in the gate's hands, and nothing has reached the outside. */
export const undoneInTime = {
  code: 'undone',
  message: 'It was undone while it waited for the outside system; nothing was done.',
  hint: 'To do it after all, propose it as a new action.',
};

function connectorGone({ connector, mode }: SpentAuthorization): Failure {
  return {
    code: 'connector_gone',
    retryable: false,
    message: `It was attempted through the ${mode} connector "${connector}", which is no longer configured; its outcome was not noted.`,
    hint: 'Look in the outside system whether it happened.',
  };
}

function invalidAction(problems: readonly string[]) {
  const message = `The action does not fit the catalogue: ${problems.join('; ')}`.slice(0, 2_000);
  return { code: 'invalid_action', message, hint: 'Propose it anew with arguments that fit.' };
}

/** Of a version that this process does not know, whatever its arguments look like. */
function isUnreadable(action: Action): boolean {
  return findAction(action.type) !== undefined && inPresentForm(action) === undefined;
}

function unreadableAction(problems: readonly string[]) {
  const message = `Nothing was done: ${problems.join('; ')}`.slice(0, 2_000);
  return { code: 'unknown_action_version', retryable: true, message, hint: 'Bring the connectors service up to date, then send it again.' };
}

function noConnector(type: string) {
  const message = `No connector runs "${type}".`;
  const hint = 'A question to the owner is answered, not run; anything else needs a connector that handles it.';
  return { code: 'no_connector', message, hint };
}

function expired(expiresAt: string) {
  const message = `The authorisation was good until ${expiresAt}; nothing was done.`;
  return { code: 'authorization_expired', retryable: true, message, hint: 'Send it again, if it still makes sense.' };
}

function unreachable(entry: never): never {
  throw new Error(`No decision for the ledger entry ${JSON.stringify(entry)}.`);
}
