import { type ActionCard, findAction, type LifecycleEvent, type PolicyVerdict, type RefusalCode, type Ruling, stableId } from '@troupe/contracts';
import { instant, type DecisionContext } from './decision-context.ts';

type Name = Pick<ActionCard, 'actionId' | 'digest'>;

export function hold(card: ActionCard, why: LifecycleEvent<'held'>['data']['why'], policy: PolicyVerdict, expiresAt: string): Ruling {
  const { actionId, digest, action } = card;
  return { kind: 'held', data: { actionId, digest, action, policy, why, expiresAt } };
}

/**
 * Lets exactly this form of an action run once (I1). What reaches outside can be stopped until its hold window closes: a
 * duration, counted from the broker's time of this ruling; `holdUntil` is only for people. `retry`: the request it answers.
 */
export function authorize(card: ActionCard, by: 'policy' | 'owner', policy: PolicyVerdict, context: DecisionContext, retry?: string): Ruling {
  const holdMs = hasHoldWindow(card) ? context.settings.holdWindowMs : 0;
  const hold = hasHoldWindow(card) ? { holdMs, holdUntil: instant(context.nowMs + holdMs) } : {};
  return { kind: 'authorized', data: { ...permission(card, by, policy, context, holdMs, retry), ...hold } };
}

/** Lets the compensation of an action run at once: the owner asked for it, so there is no window to take that back. */
export function authorizeCompensation(card: ActionCard, compensates: string, policy: PolicyVerdict, context: DecisionContext): Ruling {
  return { kind: 'authorized', data: { ...permission(card, 'owner', policy, context, 0), compensates } };
}

export function deny(name: Name, by: 'policy' | 'owner', why: { reason?: string; policy?: PolicyVerdict }): Ruling {
  return { kind: 'denied', data: { actionId: name.actionId, digest: name.digest, by, ...why } };
}

/** Says aloud that an authorisation ended and nothing was heard of it. */
export function stall({ actionId, digest, authorizationId, compensates, expiresAt }: LifecycleEvent<'authorized'>['data']): Ruling {
  const failure = {
    code: 'no_outcome',
    retryable: false,
    message: `It was let out until ${expiresAt}, and nobody has said what became of it.`,
    hint: 'See whether its authorisation is among the dead letters of connectors; look in the outside system before you have it done anew.',
  };
  return { kind: 'stalled', data: { actionId, digest, authorizationId, failure, ...(compensates === undefined ? {} : { compensates }) } };
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly hint: string;
  readonly policy?: PolicyVerdict;
}

export function refuse(name: Name, refusal: Refusal): Ruling {
  return { kind: 'refused', data: { actionId: name.actionId, digest: name.digest, ...refusal } };
}

function permission(card: ActionCard, by: 'policy' | 'owner', policy: PolicyVerdict, { nowMs, settings }: DecisionContext, holdMs: number, retry?: string) {
  const { actionId, digest, action } = card;
  const authorizationId = stableId('auth', actionId, digest, ...(retry === undefined ? [] : [retry]));
  return { actionId, digest, action, by, policy, authorizationId, expiresAt: instant(nowMs + holdMs + settings.authorizationTtlMs) };
}

/** An action that the catalogue does not know gets a window too; policy will not let it come this far. */
function hasHoldWindow(card: ActionCard): boolean {
  const tier = findAction(card.action.type)?.tier;
  return tier !== 'T0' && tier !== 'T1';
}
