import {
  actionDigest, actionProblems, evolve, isOnHold, isUnjudged, OwnerAsk, stateOf, StoryRelease, type ActionCard, type ActionLife, type ActionState, type LifecycleEvent,
  type PolicyVerdict, type Ruling, type Stamp, type Unjudged,
} from '@troupe/contracts';
import { instant, type DecisionContext } from './decision-context.ts';
import { ruleOnDecision, ruleOnRetry } from './owner-decision.decider.ts';
import { authorize, deny, hold, stall } from './rulings.ts';
import { answerPendingUndo, answerUndo, compensationOutcome } from './undo.decider.ts';

/** A moment that was waited for; it is not on the stream, what follows from it is. A snooze is named by its end. */
export type Deadline =
  | { readonly kind: 'verification' }
  | { readonly kind: 'expiry' }
  | { readonly kind: 'snooze'; readonly until: string }
  /** An outcome should be known by now of what was authorised by this. */
  | { readonly kind: 'outcome'; readonly authorization: LifecycleEvent<'authorized'>['data'] };

export interface Decision {
  readonly life: ActionLife;
  readonly rulings: readonly Ruling[];
}

/**
 * What policy makes of one event, in whatever order events come. What is known then is `evolve` over the event and the
 * rulings, so a fold of the stream rebuilds it (I6). A question that has been answered is not answered again (I2).
 */
export function decide(life: ActionLife, event: LifecycleEvent, stamp: Stamp, context: DecisionContext): Decision {
  const next = evolve(life, event, stamp);
  if (next.answered[stamp.id]) return { life: next, rulings: [] };
  const state = stateOf(next);
  const rulings = rule(state, event, stamp, context).map((ruling) => namingUndo(ruling, next));
  return { life: withRulings(next, rulings, stamp), rulings };
}

/** What policy makes of a moment that has come. Nothing when the action has moved on; never an authorisation by time alone (I8). */
export function decideAtDeadline(life: ActionLife, deadline: Deadline, stamp: Stamp, context: DecisionContext): Decision {
  const rulings = ruleAtDeadline(stateOf(life), deadline, context).map((ruling) => namingUndo(ruling, life));
  return { life: withRulings(life, rulings, stamp), rulings };
}

/** True while a moment, once it comes, may still change something. */
export function awaits(state: ActionState, deadline: Deadline): boolean {
  switch (deadline.kind) {
    case 'verification':
      return state.kind === 'absent' || isUnjudged(state);
    case 'expiry':
      return isOnHold(state);
    case 'snooze':
      return state.kind === 'snoozed' && state.until === deadline.until;
    case 'outcome':
      return state.kind === 'absent' || isStillOut(state, deadline.authorization);
    default:
      return unreachable(deadline);
  }
}

/** An undo may have overtaken the outcome that it is answered with: the answer says up to where it answers. */
function namingUndo(ruling: Ruling, { undo }: ActionLife): Ruling {
  if (undo === undefined) return ruling;
  if (ruling.kind === 'compensation_failed') return { ...ruling, data: { ...ruling.data, answersUndoAt: undo.at } };
  const takesBack = ruling.kind === 'authorized' && ruling.data.compensates !== undefined;
  return takesBack ? { ...ruling, data: { ...ruling.data, answersUndoAt: undo.at } } : ruling;
}

/** A ruling stands in the history where the event stands that it follows from. */
function withRulings(life: ActionLife, rulings: readonly Ruling[], { id, story, position }: Stamp): ActionLife {
  const stamp: Stamp = { id: '', origin: 'system', agent: 'policy', story, causeId: id, position };
  return rulings.reduce((current, ruling) => evolve(current, ruling, stamp), life);
}

/** Works on the state that has the event in it, so that an event taken again after a rebuild is still ruled on. */
function rule(state: ActionState, event: LifecycleEvent, stamp: Stamp, context: DecisionContext): Ruling[] {
  switch (event.kind) {
    case 'proposed':
    case 'verified':
    case 'flagged':
      return isUnjudged(state) ? ruleOnProposal(state, context) : ruleOnLateVerdict(state, context);
    case 'decided':
      return [ruleOnDecision(state, event.data, context)];
    case 'retry_requested':
      return [ruleOnRetry(state, event.data, stamp.id, context)];
    case 'executed':
    case 'failed':
      return event.data.compensates === undefined ? answerPendingUndo(state, context) : compensationOutcome(state, event);
    case 'unknown':
      return answerPendingUndo(state, context);
    case 'undo_requested':
      return answerUndo(state, event.data, context);
    case 'attempted':
    case 'deferred':
    case 'outcome_reported':
    case 'undone':
    case 'held':
    case 'stalled':
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

/** Proposal and verdict may come in either order: whichever is second brings the ruling. */
function ruleOnProposal(state: Unjudged, context: DecisionContext): Ruling[] {
  const problems = refuseUnsound(state.card);
  if (problems.length > 0) return problems;
  return state.kind === 'proposed' ? [] : [judgeProposal(state.card, context)];
}

/**
 * What was held because the verifier was away is judged again once the verdict is there, whoever hears of it first: it may
 * run alone now, or it waits for the owner for what it is.
 */
function ruleOnLateVerdict(state: ActionState, context: DecisionContext): Ruling[] {
  if (state.kind !== 'held' || state.why !== 'unverified' || state.card.verification === 'unverified') return [];
  const policy = context.judge(state.card);
  const runsAlone = state.card.verification === 'verified' && mayRunAlone(state.card, policy);
  return [runsAlone ? authorize(state.card, 'policy', policy, context) : hold(state.card, 'needs_owner', policy, state.expiresAt)];
}

/** Nothing is judged that does not fit the catalogue or is not what its digest says (I1). */
function refuseUnsound(card: ActionCard): Ruling[] {
  const problems = actionProblems(card.action);
  if (actionDigest(card.action) !== card.digest) problems.push('digest: it is not the digest of the action as proposed');
  return problems.length === 0 ? [] : [deny(card, 'policy', { reason: problems.join('; ').slice(0, 2_000) })];
}

function judgeProposal(card: ActionCard, context: DecisionContext): Ruling {
  const policy = context.judge(card);
  if (policy.decision === 'forbid') return deny(card, 'policy', { policy });
  return mayRunAlone(card, policy) ? authorize(card, 'policy', policy, context) : hold(card, 'needs_owner', policy, expiry(context));
}

/** What only the owner can answer has no effect that could run. */
function mayRunAlone(card: ActionCard, policy: PolicyVerdict): boolean {
  return policy.decision === 'permit' && card.action.type !== OwnerAsk.type && card.action.type !== StoryRelease.type;
}

function ruleAtDeadline(state: ActionState, deadline: Deadline, context: DecisionContext): Ruling[] {
  switch (deadline.kind) {
    case 'verification':
      return ruleAtVerificationDeadline(state, context);
    case 'expiry':
      return isOnHold(state) && context.nowMs >= Date.parse(state.expiresAt)
        ? [{ kind: 'expired', data: { actionId: state.card.actionId, digest: state.card.digest } }]
        : [];
    case 'snooze':
      return state.kind === 'snoozed' && state.until === deadline.until && context.nowMs >= Date.parse(state.until)
        ? [hold(state.card, 'snooze_ended', state.policy, state.expiresAt)]
        : [];
    case 'outcome':
      return ruleOnSilence(state, deadline.authorization, context);
    default:
      return unreachable(deadline);
  }
}

/** Whatever is still unjudged by now is judged, with the verdict if there is one. */
function ruleAtVerificationDeadline(state: ActionState, context: DecisionContext): Ruling[] {
  if (!isUnjudged(state)) return [];
  return state.kind === 'proposed' ? [ruleUnverified(state.card, context)] : ruleOnProposal(state, context);
}

/** The owner hears of it, and who asked for an undo meanwhile has waited long enough too. */
function ruleOnSilence(state: ActionState, authorization: LifecycleEvent<'authorized'>['data'], context: DecisionContext): Ruling[] {
  if (!isStillOut(state, authorization) || context.nowMs < Date.parse(authorization.expiresAt)) return [];
  const isOut = state.kind === 'authorized' || state.kind === 'executing';
  return [stall(authorization), ...(isOut ? answerPendingUndo({ ...state, kind: 'unknown' }, context) : [])];
}

/** Nobody has said yet what became of this authorisation. */
function isStillOut(state: ActionState, { authorizationId, compensates }: LifecycleEvent<'authorized'>['data']): boolean {
  if (compensates !== undefined) return state.kind === 'compensating';
  return (state.kind === 'authorized' || state.kind === 'executing') && state.authorizationId === authorizationId;
}

/** Without a verdict it never runs alone, whatever policy would permit (I8). */
function ruleUnverified(card: ActionCard, context: DecisionContext): Ruling {
  const policy = context.judge(card);
  return policy.decision === 'forbid' ? deny(card, 'policy', { policy }) : hold(card, 'unverified', policy, expiry(context));
}

function expiry(context: DecisionContext): string {
  return instant(context.nowMs + context.settings.approvalTtlMs);
}

function unreachable(input: never): never {
  throw new Error(`No rule for ${JSON.stringify(input)}.`);
}
