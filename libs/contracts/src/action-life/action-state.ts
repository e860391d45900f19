import { Origin, worstOrigin } from '../envelope.ts';
import type { Action, PolicyVerdict, Taint } from '../events/parts.ts';
import type { Failure } from '../failure.ts';
import type { ActionLife, Deferral, HoldReason, Run } from './action-life.ts';

/** What the verifier said of the exact digest a card shows. */
export type Verification = 'unverified' | 'verified' | 'flagged';

/** Which action, in which form, and how tainted: the worst of what its proposer claims and what policy worked out (I5). */
export interface Reference {
  readonly actionId: string;
  readonly digest: string;
  readonly origin: Origin;
}

/** An action somebody wants done, in its present form. */
export interface ActionCard extends Reference {
  readonly action: Action;
  readonly proposedBy: string;
  readonly verification: Verification;
  /** The owner changed it. */
  readonly edited: boolean;
}

/** A card that lies before the owner, and until when. `expiresAt` is RFC 3339, UTC. */
export interface Waiting {
  readonly card: ActionCard;
  readonly policy: PolicyVerdict;
  readonly expiresAt: string;
}

/** An action with an authorisation out. `undoRequested`: an undo waits to hear what the effect gate made of it. */
export interface Released {
  readonly card: ActionCard;
  readonly authorizationId: string;
  readonly undoRequested: boolean;
  readonly deferral?: Deferral;
}

/**
 * The state of an action. Each carries only what can still matter in it.
 *
 * (I8) Nothing but the owner's word or a permit leads into `authorized`; time leads only to `held` and `expired`.
 */
export type ActionState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'proposed' | 'verified' | 'flagged'; readonly card: ActionCard }
  | ({ readonly kind: 'held'; readonly why: HoldReason } & Waiting)
  | ({ readonly kind: 'snoozed'; readonly until: string } & Waiting)
  | ({ readonly kind: 'authorized' | 'executing' | 'unknown' } & Released)
  | { readonly kind: 'executed'; readonly card: ActionCard; readonly undoRequested: boolean; readonly compensationFailed: boolean }
  | { readonly kind: 'failed'; readonly card: ActionCard; readonly failure: Failure; readonly undoRequested: boolean }
  | { readonly kind: 'compensating'; readonly card: ActionCard; readonly compensationId: string }
  | { readonly kind: 'denied' | 'expired' | 'undone' | 'answered' | 'compensated'; readonly reference: Reference };

/** The words for states. */
export type ActionStateKind = ActionState['kind'];

/** The state of an action before anything can be said of it. */
export const ABSENT: ActionState = { kind: 'absent' };

/** Reads the state off what is known. Pure: the one fold that policy, inbox and memory share. */
export function stateOf(life: ActionLife): ActionState {
  const card = cardOf(life);
  if (!card) return ABSENT;
  return afterRelease(life, card) ?? afterClosing(life, card) ?? onHold(life, card) ?? unjudged(card);
}

function cardOf({ proposed, form, verdicts, hold, authorization }: ActionLife): ActionCard | undefined {
  if (!proposed) return undefined;
  const { actionId, proposedBy } = proposed;
  const origin = worstOrigin(proposed.origin, originOnRecord(hold?.policy.taint), originOnRecord(authorization?.taint));
  const digest = form?.digest ?? proposed.digest;
  const action = form?.action ?? proposed.action;
  return { actionId, digest, origin, action, proposedBy, verification: verdicts[digest] ?? 'unverified', edited: digest !== proposed.digest };
}

/** The origin that is on record of an action. That nobody could be asked says something of that moment, not of the action. */
export function originOnRecord(taint: Taint | undefined): Origin {
  return taint === undefined || taint.from === 'unanswered' ? Origin.system : taint.origin;
}

function afterRelease(life: ActionLife, card: ActionCard): ActionState | undefined {
  const { authorization, compensation } = life;
  if (!authorization) return undefined;
  const run: Run = life.runs[authorization.authorizationId] ?? { attempted: false };
  const undoRequested = isUndoPending(life);
  switch (run.outcome?.kind) {
    case 'executed':
      return afterEffect(card, compensation, undoRequested);
    case 'failed':
      return { kind: 'failed', card, failure: run.outcome.failure, undoRequested };
    case 'unknown':
      return { kind: 'unknown', card, authorizationId: authorization.authorizationId, undoRequested };
    case undefined:
      return underWay(life, card, run, { authorizationId: authorization.authorizationId, undoRequested });
    default:
      return unreachable(run.outcome);
  }
}

/**
 * The gate stops an authorisation that was out when the undo was requested, also one that waits for its next try; one that
 * was given later it does not.
 */
function underWay(life: ActionLife, card: ActionCard, { attempted, deferral }: Run, released: Omit<Released, 'card'>): ActionState {
  if (life.undone && life.authorization && life.undone.at > life.authorization.at) return { kind: 'undone', reference: referenceTo(card) };
  if (deferral) return { kind: 'authorized', card, ...released, deferral };
  return { kind: attempted ? 'executing' : 'authorized', card, ...released };
}

/** What claims to take back an action counts only once policy has let it (position 0: it has not). */
function afterEffect(card: ActionCard, claimed: ActionLife['compensation'], undoRequested: boolean): ActionState {
  const compensation = claimed && claimed.at > 0 ? claimed : undefined;
  if (compensation?.outcome === 'executed') return { kind: 'compensated', reference: referenceTo(card) };
  if (compensation && compensation.outcome === undefined) return { kind: 'compensating', card, compensationId: compensation.compensationId };
  return { kind: 'executed', card, undoRequested, compensationFailed: compensation?.outcome === 'failed' };
}

function afterClosing({ closed }: ActionLife, card: ActionCard): ActionState | undefined {
  const kind = (['denied', 'answered', 'expired'] as const).find((each) => closed[each] !== undefined);
  return kind && { kind, reference: { ...referenceTo(card), digest: closed[kind] ?? card.digest } };
}

/** The owner's snooze and policy's hold take turns; whichever stands later in the history counts. */
function onHold({ hold, sleep }: ActionLife, card: ActionCard): ActionState | undefined {
  if (!hold) return undefined;
  const { policy, expiresAt, why } = hold;
  return sleep && sleep.at > hold.at ? { kind: 'snoozed', card, policy, expiresAt, until: sleep.until } : { kind: 'held', card, policy, expiresAt, why };
}

function unjudged(card: ActionCard): ActionState {
  return { kind: card.verification === 'unverified' ? 'proposed' : card.verification, card };
}

function isUndoPending({ undo, undoAnswer }: ActionLife): boolean {
  return undo !== undefined && undo.at > (undoAnswer?.at ?? -1);
}

/** The name of a card without its text. */
export function referenceTo({ actionId, digest, origin }: ActionCard): Reference {
  return { actionId, digest, origin };
}

/** The name of the action a state is about; undefined before the first event. */
export function referenceOf(state: ActionState): Reference | undefined {
  if ('reference' in state) return state.reference;
  return 'card' in state ? referenceTo(state.card) : undefined;
}

/** Policy has not ruled on it yet. */
export type Unjudged = Extract<ActionState, { kind: 'proposed' | 'verified' | 'flagged' }>;

/** Whether policy has yet to rule on it. */
export function isUnjudged(state: ActionState): state is Unjudged {
  return state.kind === 'proposed' || state.kind === 'verified' || state.kind === 'flagged';
}

/** It lies before the owner, or comes back to them. */
export type OnHold = Extract<ActionState, { kind: 'held' | 'snoozed' }>;

/** Whether it lies before the owner. */
export function isOnHold(state: ActionState): state is OnHold {
  return state.kind === 'held' || state.kind === 'snoozed';
}

function unreachable(outcome: never): never {
  throw new Error(`No state for the outcome ${JSON.stringify(outcome)}.`);
}
