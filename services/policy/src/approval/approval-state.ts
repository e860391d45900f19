import type { Action, Origin, PolicyVerdict } from '@troupe/contracts';

/** What the verifier said of the exact digest a card shows. */
export type Verification = 'unverified' | 'verified' | 'flagged';

/** Which action, in which form, and whether text from outside began its story (I5). */
export interface Reference {
  readonly actionId: string;
  readonly digest: string;
  readonly origin: Origin;
}

/** An action somebody wants done, in its present form. */
export interface Card extends Reference {
  readonly action: Action;
  readonly proposedBy: string;
  readonly verification: Verification;
  /** The owner changed it. */
  readonly edited: boolean;
}

/** A card that lies before the owner, and until when. `expiresAt` is RFC 3339, UTC. */
export interface Waiting {
  readonly card: Card;
  readonly policy: PolicyVerdict;
  readonly expiresAt: string;
}

/** An action with an authorisation out. `undoRequested`: an undo waits to hear what the effect gate made of it. */
export interface Released {
  readonly card: Card;
  readonly authorizationId: string;
  readonly undoRequested: boolean;
}

/**
 * The life of one action. Each state carries only what can still matter in it; what can never run or be taken back again
 * keeps its name and nothing of its text.
 *
 * (I1) `authorised` is entered once per action, so one action never has two authorisations.
 * (I8) Nothing but the owner's word or a permit leads into it; time leads only to `held` and `expired`.
 */
export type ApprovalState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'proposed' | 'verified' | 'flagged'; readonly card: Card }
  | ({ readonly kind: 'held' } & Waiting)
  | ({ readonly kind: 'snoozed'; readonly until: string } & Waiting)
  | ({ readonly kind: 'authorised' | 'executing' | 'unknown' } & Released)
  | { readonly kind: 'executed'; readonly card: Card; readonly undoRequested: boolean; readonly compensationFailed: boolean }
  | { readonly kind: 'failed'; readonly reference: Reference; readonly undoRequested: boolean }
  | { readonly kind: 'compensating'; readonly card: Card; readonly compensationId: string }
  | { readonly kind: 'denied' | 'expired' | 'undone' | 'answered' | 'compensated'; readonly reference: Reference };

export type ApprovalStateKind = ApprovalState['kind'];

/** What there is of an action before its first event. */
export const ABSENT: ApprovalState = { kind: 'absent' };

/** The name of a card without its text. */
export function referenceTo({ actionId, digest, origin }: Card): Reference {
  return { actionId, digest, origin };
}

/** The name of the action a state is about; undefined before the first event. */
export function referenceOf(state: ApprovalState): Reference | undefined {
  if ('reference' in state) return state.reference;
  return 'card' in state ? referenceTo(state.card) : undefined;
}

/** Policy has not ruled on it yet. */
export type Unjudged = Extract<ApprovalState, { kind: 'proposed' | 'verified' | 'flagged' }>;
export function isUnjudged(state: ApprovalState): state is Unjudged {
  return state.kind === 'proposed' || state.kind === 'verified' || state.kind === 'flagged';
}

/** It lies before the owner, or comes back to them. */
export type OnHold = Extract<ApprovalState, { kind: 'held' | 'snoozed' }>;
export function isOnHold(state: ApprovalState): state is OnHold {
  return state.kind === 'held' || state.kind === 'snoozed';
}

/** Its authorisation is out: it waits for its turn, runs, or nobody knows whether it ran. */
export type Outstanding = Extract<ApprovalState, { kind: 'authorised' | 'executing' | 'unknown' }>;
export function isOutstanding(state: ApprovalState): state is Outstanding {
  return state.kind === 'authorised' || state.kind === 'executing' || state.kind === 'unknown';
}
