import { actionDigest, actionProblems, type ConnectorMode, type Failure } from '@troupe/contracts';
import type { BreakerState } from '@troupe/resilience';
import { attemptIn, authorizationOf, type EffectEntry } from './effect-entry.ts';
import { failedOutcome, outcomeOf, type Authorization, type Outcome, type SpentAuthorization } from './effect-outcome.ts';

/** All the gate looks at before it acts. Times are milliseconds since 1970, sequences the stream's: `decidedAt` is that of the decision the authorisation follows from. */
export interface Situation {
  readonly authorization: Authorization;
  readonly decidedAt: number;
  readonly entry: EffectEntry | undefined;
  /** The connector that handles this action type; undefined when none does. */
  readonly connector: { readonly mode: ConnectorMode; readonly breaker: BreakerState } | undefined;
  readonly nowMs: number;
}

export type GateDecision =
  /** Come back: the hold window is open, or the breaker is. Nothing is spent. */
  | { readonly kind: 'wait'; readonly untilMs: number; readonly why: 'hold_window' | 'breaker_open' }
  /** Spend the authorisation (unless that was done), then act. */
  | { readonly kind: 'attempt' }
  /** It was attempted and its outcome never noted: find out, do not act blindly (I4). */
  | { readonly kind: 'resume'; readonly attempt: SpentAuthorization }
  /** It is over: say again what was said. */
  | { readonly kind: 'report'; readonly attempt: SpentAuthorization | undefined; readonly outcome: Outcome }
  /** It ends here, and nothing happens outside. `record`: the authorisation was genuine and is used up by this. */
  | { readonly kind: 'close'; readonly attempt: SpentAuthorization | undefined; readonly outcome: Outcome; readonly record: boolean }
  /** It was undone; that has been said. */
  | { readonly kind: 'stand_down' };

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
      return judgeUnfinished(entry.attempt, situation);
    case 'settled':
      return { kind: 'report', attempt: entry.attempt, outcome: entry.outcome };
    default:
      return unreachable(entry);
  }
}

/** A cancellation ends the authorisation that was out when it was asked for, not one that was given later. */
function isVoid(entry: EffectEntry, { decidedAt }: Situation): boolean {
  return entry.state === 'cancelled' && entry.undoSequence < decidedAt;
}

function judgeUntried(situation: Situation): GateDecision {
  const { authorization, connector, nowMs } = situation;
  const problems = actionProblems(authorization.action);
  if (problems.length > 0) return refuse(situation, invalidAction(problems));
  if (!connector) return refuse(situation, noConnector(authorization.action.type));
  if (nowMs >= Date.parse(authorization.expiresAt)) return refuse(situation, expired(authorization.expiresAt));
  const holdUntilMs = authorization.holdUntil === undefined ? nowMs : Date.parse(authorization.holdUntil);
  if (nowMs < holdUntilMs) return { kind: 'wait', untilMs: holdUntilMs, why: 'hold_window' };
  if (connector.breaker === 'open') return { kind: 'wait', untilMs: nowMs + BREAKER_PAUSE_MS, why: 'breaker_open' };
  return { kind: 'attempt' };
}

/** A live attempt must not be looked for in the sandbox, nor the other way round. */
function judgeUnfinished(attempt: SpentAuthorization, { authorization, connector }: Situation): GateDecision {
  if (connector?.mode === attempt.mode) return { kind: 'resume', attempt };
  const effect = { kind: 'unclear', failure: connectorGone(attempt) } as const;
  return { kind: 'close', attempt, outcome: outcomeOf(authorization, effect, attempt.mode), record: true };
}

/** Refuses a genuine authorisation and uses it up. */
function refuse({ authorization, entry }: Situation, failure: Omit<Failure, 'retryable'>): GateDecision {
  return { kind: 'close', attempt: attemptIn(entry), outcome: failed(authorization, failure), record: true };
}

/** Refuses without a trace in the ledger, which belongs to the authorisation that is rightly out. */
function turnAway(authorization: Authorization, failure: Omit<Failure, 'retryable'>): GateDecision {
  return { kind: 'close', attempt: undefined, outcome: failed(authorization, failure), record: false };
}

function failed(authorization: Authorization, failure: Omit<Failure, 'retryable'>): Outcome {
  return failedOutcome(authorization, { ...failure, retryable: false });
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

const undoneInTime = {
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

function noConnector(type: string) {
  const message = `No connector runs "${type}".`;
  const hint = 'A question to the owner is answered, not run; anything else needs a connector that handles it.';
  return { code: 'no_connector', message, hint };
}

function expired(expiresAt: string) {
  return { code: 'authorization_expired', message: `The authorisation was good until ${expiresAt}.`, hint: 'Propose the action anew.' };
}

function unreachable(entry: never): never {
  throw new Error(`No decision for the ledger entry ${JSON.stringify(entry)}.`);
}
