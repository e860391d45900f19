import {
  isOnHold, isOutstanding, isUnjudged, referenceTo, type ApprovalState, type Card, type OnHold, type Unjudged,
} from './approval-state.ts';
import type { LifecycleEvent, Stamp } from './lifecycle-event.ts';

/**
 * The state after one more event. Total and pure: an event that has no place in a state leaves it as it is, so the whole
 * state is the fold of this function over the stream (I6).
 *
 * Facts (what others did) and rulings (what policy said) change it; questions to policy do not. That is what makes the
 * fold independent of what lies on the stream between a question and its ruling.
 */
export function evolve(state: ApprovalState, event: LifecycleEvent, stamp: Stamp): ApprovalState {
  switch (event.kind) {
    case 'proposed':
      return state.kind === 'absent' ? { kind: 'proposed', card: newCard(event, stamp) } : state;
    case 'verified':
    case 'flagged':
      return afterVerdict(state, event);
    case 'held':
      return afterHeld(state, event, stamp);
    case 'authorized':
      return event.data.compensates === undefined ? afterAuthorized(state, event) : afterCompensationStarted(state, event);
    case 'denied':
      return isUndecided(state) ? closed('denied', state, event.data.digest) : state;
    case 'expired':
      return isOnHold(state) ? closed('expired', state, event.data.digest) : state;
    case 'accepted':
      return isOnHold(state) ? afterAccepted(state, event) : state;
    case 'attempted':
      return state.kind === 'authorised' && isUnder(state, event) ? { ...state, kind: 'executing' } : state;
    case 'executed':
      return event.data.compensates === undefined ? afterExecuted(state, event) : afterCompensated(state);
    case 'failed':
      return event.data.compensates === undefined ? afterFailed(state, event) : afterCompensationFailed(state);
    case 'unknown':
      return isOutstanding(state) && isUnder(state, event) ? { ...state, kind: 'unknown' } : state;
    case 'undone':
      return state.kind === 'authorised' ? closed('undone', state) : state;
    case 'undo_requested':
      return 'undoRequested' in state ? { ...state, undoRequested: true } : state;
    case 'compensation_failed':
      return 'undoRequested' in state ? { ...state, undoRequested: false } : state;
    case 'decided':
    case 'refused':
    case 'compensated':
      return state;
    default:
      return unreachable(event);
  }
}

function isUndecided(state: ApprovalState): state is Unjudged | OnHold {
  return isUnjudged(state) || isOnHold(state);
}

function newCard({ data }: LifecycleEvent<'proposed'>, stamp: Stamp): Card {
  const { actionId, digest, action } = data;
  return { actionId, digest, action, origin: stamp.origin, proposedBy: stamp.agent, verification: 'unverified', edited: false };
}

/** The first verdict on this digest counts; one that comes after the ruling is noted on the card. */
function afterVerdict(state: ApprovalState, event: LifecycleEvent<'verified' | 'flagged'>): ApprovalState {
  if (!('card' in state) || state.card.digest !== event.data.digest || state.card.verification !== 'unverified') return state;
  const card = { ...state.card, verification: event.kind };
  return isUnjudged(state) ? { kind: event.kind, card } : { ...state, card };
}

/** A wake-up that was overtaken by a later snooze is told by its time: it was said before `until`. */
function afterHeld(state: ApprovalState, { data }: LifecycleEvent<'held'>, stamp: Stamp): ApprovalState {
  const { policy, expiresAt } = data;
  if (isUnjudged(state)) return { kind: 'held', card: state.card, policy, expiresAt };
  if (!isOnHold(state)) return state;
  if (data.why === 'edit_refused') return { kind: 'held', card: inForm(state.card, data), policy, expiresAt };
  const isAwake = state.kind === 'snoozed' && stamp.atMs >= Date.parse(state.until);
  return isAwake ? { kind: 'held', card: state.card, policy, expiresAt } : state;
}

function afterAuthorized(state: ApprovalState, { data }: LifecycleEvent<'authorized'>): ApprovalState {
  if (!isUndecided(state)) return state;
  const card = inForm(state.card, data);
  return { kind: 'authorised', card, authorizationId: data.authorizationId, undoRequested: false };
}

/** The card in the form that was ruled on. A new form is the owner's, and the verifier has not seen it. */
function inForm(card: Card, form: Pick<Card, 'digest' | 'action'>): Card {
  if (form.digest === card.digest) return card;
  return { ...card, digest: form.digest, action: form.action, edited: true, verification: 'unverified' };
}

function afterAccepted(state: OnHold, { data }: LifecycleEvent<'accepted'>): ApprovalState {
  if (data.decision === 'respond') return closed('answered', state, data.digest);
  const { card, policy, expiresAt } = state;
  return data.until === undefined ? state : { kind: 'snoozed', card, policy, expiresAt, until: data.until };
}

function afterExecuted(state: ApprovalState, event: LifecycleEvent<'executed'>): ApprovalState {
  if (!isOutstanding(state) || !isUnder(state, event)) return state;
  return { kind: 'executed', card: state.card, undoRequested: state.undoRequested, compensationFailed: false };
}

function afterFailed(state: ApprovalState, event: LifecycleEvent<'failed'>): ApprovalState {
  if (!isOutstanding(state) || !isUnder(state, event)) return state;
  return { kind: 'failed', reference: referenceTo(state.card), undoRequested: state.undoRequested };
}

function afterCompensationStarted(state: ApprovalState, { data }: LifecycleEvent<'authorized'>): ApprovalState {
  return state.kind === 'executed' ? { kind: 'compensating', card: state.card, compensationId: data.actionId } : state;
}

function afterCompensated(state: ApprovalState): ApprovalState {
  return state.kind === 'compensating' ? closed('compensated', state) : state;
}

function afterCompensationFailed(state: ApprovalState): ApprovalState {
  if (state.kind !== 'compensating') return state;
  return { kind: 'executed', card: state.card, undoRequested: false, compensationFailed: true };
}

/** An outcome counts only under the authorisation that is out (I1). */
function isUnder(state: { readonly authorizationId: string }, event: { readonly data: { readonly authorizationId: string } }): boolean {
  return state.authorizationId === event.data.authorizationId;
}

/** A ruling that overtook an edit on its way to the stream still closes the form it was about. */
function closed(
  kind: 'denied' | 'expired' | 'undone' | 'answered' | 'compensated',
  { card }: { readonly card: Card },
  digest: string = card.digest,
): ApprovalState {
  return { kind, reference: { ...referenceTo(card), digest } };
}

function unreachable(event: never): never {
  throw new Error(`No rule for the lifecycle event ${JSON.stringify(event)}.`);
}
