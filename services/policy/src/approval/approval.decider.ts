import { actionDigest, actionProblems, OwnerAsk, type PolicyVerdict } from '@troupe/contracts';
import { evolve } from './approval-evolution.ts';
import { isOnHold, type ApprovalState, type Card } from './approval-state.ts';
import { instant, type Desk } from './desk.ts';
import type { LifecycleEvent, Ruling, Stamp } from './lifecycle-event.ts';
import { ruleOnDecision } from './owner-decision.decider.ts';
import { authorize, deny, hold } from './rulings.ts';
import { answerPendingUndo, answerUndo, compensationOutcome } from './undo.decider.ts';

/** A moment that was waited for; it is not on the stream, what follows from it is. A snooze is named by its end. */
export type Deadline =
  | { readonly kind: 'verification' }
  | { readonly kind: 'expiry' }
  | { readonly kind: 'snooze'; readonly until: string };

export interface Decision {
  readonly state: ApprovalState;
  readonly rulings: readonly Ruling[];
}

/** What policy makes of one event. The new state is `evolve` over the event and the rulings, so a fold rebuilds it (I6). */
export function decide(state: ApprovalState, event: LifecycleEvent, stamp: Stamp, desk: Desk): Decision {
  const next = evolve(state, event, stamp);
  return after(next, [...rule(next, event, desk), ...(next === state ? [] : ruleOnNews(next, event, desk))], desk);
}

/** What policy makes of a moment that has come. Nothing when the action has moved on; never an authorisation (I8). */
export function decideAtDeadline(state: ApprovalState, deadline: Deadline, desk: Desk): Decision {
  return after(state, ruleAtDeadline(state, deadline, desk), desk);
}

/** True while a moment, once it comes, may still change something. */
export function awaits(state: ApprovalState, deadline: Deadline): boolean {
  switch (deadline.kind) {
    case 'verification':
      return state.kind === 'absent' || state.kind === 'proposed';
    case 'expiry':
      return isOnHold(state);
    case 'snooze':
      return state.kind === 'snoozed' && state.until === deadline.until;
    default:
      return unreachable(deadline);
  }
}

function after(state: ApprovalState, rulings: readonly Ruling[], desk: Desk): Decision {
  const stamp: Stamp = { atMs: desk.nowMs, origin: 'system', agent: 'policy' };
  return { state: rulings.reduce((current, ruling) => evolve(current, ruling, stamp), state), rulings };
}

/** Works on the state that has the event in it, so that an event taken again after a rebuild is still ruled on. */
function rule(state: ApprovalState, event: LifecycleEvent, desk: Desk): Ruling[] {
  switch (event.kind) {
    case 'proposed':
      return state.kind === 'proposed' ? refuseUnsound(state.card) : [];
    case 'verified':
    case 'flagged':
      return state.kind === 'verified' || state.kind === 'flagged' ? [judgeProposal(state.card, desk)] : [];
    case 'decided':
      return [ruleOnDecision(state, event.data, desk)];
    case 'executed':
    case 'failed':
      return event.data.compensates === undefined ? answerPendingUndo(state, desk) : compensationOutcome(state, event);
    case 'unknown':
      return answerPendingUndo(state, desk);
    case 'undo_requested':
      return answerUndo(state, event.data, desk);
    case 'attempted':
    case 'undone':
    case 'held':
    case 'authorized':
    case 'denied':
    case 'expired':
    case 'accepted':
    case 'refused':
    case 'compensated':
    case 'compensation_failed':
      return [];
    default:
      return unreachable(event);
  }
}

/** A label that was held because the verifier was away need not wait for the owner once the verdict is there. */
function ruleOnNews(state: ApprovalState, event: LifecycleEvent, desk: Desk): Ruling[] {
  if (state.kind !== 'held' || event.kind !== 'verified') return [];
  const policy = desk.judge(state.card);
  return mayRunAlone(state.card, policy) ? [authorize(state.card, 'policy', policy, desk)] : [];
}

/** Nothing is judged that does not fit the catalogue or is not what its digest says (I1). */
function refuseUnsound(card: Card): Ruling[] {
  const problems = actionProblems(card.action);
  if (actionDigest(card.action) !== card.digest) problems.push('digest: it is not the digest of the action as proposed');
  return problems.length === 0 ? [] : [deny(card, 'policy', { reason: problems.join('; ').slice(0, 2_000) })];
}

function judgeProposal(card: Card, desk: Desk): Ruling {
  const policy = desk.judge(card);
  if (policy.decision === 'forbid') return deny(card, 'policy', { policy });
  return mayRunAlone(card, policy) ? authorize(card, 'policy', policy, desk) : hold(card, 'needs_owner', policy, expiry(desk));
}

/** A question has no effect that could run. */
function mayRunAlone(card: Card, policy: PolicyVerdict): boolean {
  return policy.decision === 'permit' && card.action.type !== OwnerAsk.type;
}

function ruleAtDeadline(state: ApprovalState, deadline: Deadline, desk: Desk): Ruling[] {
  switch (deadline.kind) {
    case 'verification':
      return state.kind === 'proposed' ? [ruleUnverified(state.card, desk)] : [];
    case 'expiry':
      return isOnHold(state) && desk.nowMs >= Date.parse(state.expiresAt)
        ? [{ kind: 'expired', data: { actionId: state.card.actionId, digest: state.card.digest } }]
        : [];
    case 'snooze':
      return state.kind === 'snoozed' && state.until === deadline.until && desk.nowMs >= Date.parse(state.until)
        ? [hold(state.card, 'snooze_ended', state.policy, state.expiresAt)]
        : [];
    default:
      return unreachable(deadline);
  }
}

/** Without a verdict it never runs alone, whatever policy would permit (I8). */
function ruleUnverified(card: Card, desk: Desk): Ruling {
  const policy = desk.judge(card);
  return policy.decision === 'forbid' ? deny(card, 'policy', { policy }) : hold(card, 'unverified', policy, expiry(desk));
}

function expiry(desk: Desk): string {
  return instant(desk.nowMs + desk.settings.approvalTtlMs);
}

function unreachable(input: never): never {
  throw new Error(`No rule for ${JSON.stringify(input)}.`);
}
