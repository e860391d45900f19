import { type ActionCard, actionDigest, actionProblems, type ActionState, isOnHold, isUnjudged, type LifecycleEvent, type OnHold, OwnerAsk, StoryRelease, type Ruling, type PolicyVerdict } from '@troupe/contracts';
import type { DecisionContext } from './decision-context.ts';
import { authorize, deny, hold, refuse, type Refusal } from './rulings.ts';

type Decided = LifecycleEvent<'decided'>['data'];

/** What follows from a decision of the owner: exactly one ruling. */
export function ruleOnDecision(state: ActionState, decided: Decided, context: DecisionContext): Ruling {
  if (!isOnHold(state)) return refuse(decided, whyClosed(state));
  if (decided.digest !== state.card.digest) return refuse(decided, STALE);
  if (context.nowMs >= Date.parse(state.expiresAt)) return refuse(decided, EXPIRED);
  switch (decided.decision) {
    case 'approve':
      return approve(state.card, decided, context);
    case 'edit':
      return edit(state, decided, context);
    case 'reject':
      return deny(state.card, 'owner', decided.reason === undefined ? {} : { reason: decided.reason });
    case 'respond':
      return respond(state.card, decided);
    case 'snooze':
      return snooze(state, decided, context);
    default:
      return unreachable(decided.decision);
  }
}

/** The owner's word is asked of policy once more: approving is not enough where a policy forbids it. */
function approve(card: ActionCard, decided: Decided, context: DecisionContext): Ruling {
  if (isQuestion(card)) return refuse(decided, ANSWER_INSTEAD);
  const policy = context.judge(card);
  if (policy.decision === 'forbid') return refuse(decided, forbidden(policy));
  return isRelease(card) ? accept(card, { decision: 'approve' }) : authorize(card, 'owner', policy, context);
}

function forbidden(policy: PolicyVerdict): Refusal {
  const message = policy.reasons.join(' ') || 'No policy permits this.';
  return { code: 'forbidden', message, hint: 'Edit what the policy names, or reject it.', policy };
}

function edit(state: OnHold, decided: Decided, context: DecisionContext): Ruling {
  if (isRelease(state.card)) return refuse(decided, YES_OR_NO);
  if (isQuestion(state.card)) return refuse(decided, ANSWER_INSTEAD);
  if (!decided.args) return refuse(decided, invalid('The edit has no arguments.', 'Send all arguments of the action in `args`.'));
  const action = { type: state.card.action.type, args: decided.args, version: decided.version };
  const problems = actionProblems(action);
  if (problems.length > 0) return refuse(decided, invalid(problems.join('; ').slice(0, 2_000), 'Mend the named fields and send it again.'));
  const card = inNewForm(state.card, action);
  const policy = context.judge(card);
  return policy.decision === 'forbid' ? hold(card, 'edit_refused', policy, state.expiresAt) : authorize(card, 'owner', policy, context);
}

/** Once more what failed and may go better now, under an authorisation of its own: the first one is spent (I1). */
export function ruleOnRetry(state: ActionState, asked: LifecycleEvent<'retry_requested'>['data'], questionId: string, context: DecisionContext): Ruling {
  if (state.kind !== 'failed') return refuse(asked, state.kind === 'absent' ? UNKNOWN_ACTION : invalid(`It is ${state.kind}, not failed.`, 'Only what failed can be tried again.'));
  if (asked.digest !== state.card.digest) return refuse(asked, STALE);
  if (!state.failure.retryable) return refuse(asked, invalid('It would fail again for the same reason.', state.failure.hint));
  const policy = context.judge(state.card);
  return policy.decision === 'forbid' ? refuse(asked, forbidden(policy)) : authorize(state.card, 'owner', policy, context, questionId);
}

function inNewForm(card: ActionCard, action: ActionCard['action']): ActionCard {
  const digest = actionDigest(action);
  return digest === card.digest ? card : { ...card, action, digest, edited: true, verification: 'unverified' };
}

function respond(card: ActionCard, decided: Decided): Ruling {
  const { response } = decided;
  if (isRelease(card)) return refuse(decided, YES_OR_NO);
  if (!response?.trim()) return refuse(decided, invalid('The response is empty.', 'Write your words in `response`.'));
  return accept(card, { decision: 'respond', response });
}

function snooze({ card, expiresAt }: OnHold, decided: Decided, context: DecisionContext): Ruling {
  const { until } = decided;
  const untilMs = Date.parse(until ?? '');
  if (until === undefined || !(untilMs > context.nowMs && untilMs < Date.parse(expiresAt))) {
    const hint = `Choose \`until\` between now and ${expiresAt}, when it expires.`;
    return refuse(decided, invalid('A card can sleep only until a moment to come.', hint));
  }
  return accept(card, { decision: 'snooze', until });
}

/** The owner's word counts, and nothing runs because of it. */
function accept({ actionId, digest, action, proposedBy }: ActionCard, word: Pick<LifecycleEvent<'accepted'>['data'], 'decision' | 'response' | 'until'>): Ruling {
  return { kind: 'accepted', data: { actionId, digest, actionType: action.type, proposedBy, ...word } };
}

function isQuestion(card: ActionCard): boolean {
  return card.action.type === OwnerAsk.type;
}

function isRelease(card: ActionCard): boolean {
  return card.action.type === StoryRelease.type;
}

function whyClosed(state: ActionState): Refusal {
  if (state.kind === 'absent') return UNKNOWN_ACTION;
  if (isUnjudged(state)) return NOT_JUDGED;
  return state.kind === 'expired' ? EXPIRED : { ...ALREADY_DECIDED, message: `It was decided before: it is ${state.kind}.` };
}

function invalid(message: string, hint: string): Refusal {
  return { code: 'invalid', message, hint };
}

const STALE: Refusal = {
  code: 'stale_digest',
  message: 'The action has changed since you saw it.',
  hint: 'Look at the card again and decide on its present form.',
};
const EXPIRED: Refusal = {
  code: 'expired',
  message: 'The time to decide has passed, and a timeout approves nothing.',
  hint: 'Have it proposed anew.',
};
const UNKNOWN_ACTION: Refusal = { code: 'unknown_action', message: 'There is no action of this id.', hint: 'Take the id from a card.' };
const ALREADY_DECIDED: Refusal = {
  code: 'already_decided',
  message: 'It was decided before.',
  hint: 'The first decision stands. Undo it if it can be undone.',
};
const NOT_JUDGED: Refusal = invalid('Policy has not judged it yet.', 'Wait until the card is held.');
const ANSWER_INSTEAD: Refusal = invalid('A question cannot be approved or edited.', 'Answer it with the decision `respond`, or reject it.');
const YES_OR_NO: Refusal = invalid('A story that was stopped goes on or it does not.', 'Approve its release, or reject it.');

function unreachable(decision: never): never {
  throw new Error(`No rule for the decision ${String(decision)}.`);
}
