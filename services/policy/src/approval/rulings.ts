import { findAction, stableId, type PolicyVerdict, type RefusalCode } from '@troupe/contracts';
import type { Card } from './approval-state.ts';
import { instant, type Desk } from './desk.ts';
import type { LifecycleEvent, Ruling } from './lifecycle-event.ts';

/** How long after its hold window an authorisation may still be used. */
const AUTHORIZATION_TTL_MS = 3_600_000;

type Name = Pick<Card, 'actionId' | 'digest'>;

export function hold(card: Card, why: LifecycleEvent<'held'>['data']['why'], policy: PolicyVerdict, expiresAt: string): Ruling {
  const { actionId, digest, action } = card;
  return { kind: 'held', data: { actionId, digest, action, policy, why, expiresAt } };
}

/** Lets exactly this form of an action run once (I1). What reaches outside can be stopped until its hold window closes. */
export function authorize(card: Card, by: 'policy' | 'owner', policy: PolicyVerdict, desk: Desk): Ruling {
  const holdMs = hasHoldWindow(card) ? desk.settings.holdWindowMs : 0;
  const holdUntil = hasHoldWindow(card) ? { holdUntil: instant(desk.nowMs + holdMs) } : {};
  return { kind: 'authorized', data: { ...permission(card, by, policy, desk.nowMs + holdMs), ...holdUntil } };
}

/** Lets the compensation of an action run at once: the owner asked for it, so there is no window to take that back. */
export function authorizeCompensation(card: Card, compensates: string, policy: PolicyVerdict, desk: Desk): Ruling {
  return { kind: 'authorized', data: { ...permission(card, 'owner', policy, desk.nowMs), compensates } };
}

export function deny(name: Name, by: 'policy' | 'owner', why: { reason?: string; policy?: PolicyVerdict }): Ruling {
  return { kind: 'denied', data: { actionId: name.actionId, digest: name.digest, by, ...why } };
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

function permission(card: Card, by: 'policy' | 'owner', policy: PolicyVerdict, usableFromMs: number) {
  const { actionId, digest, action } = card;
  const authorizationId = stableId('auth', actionId, digest);
  return { actionId, digest, action, by, policy, authorizationId, expiresAt: instant(usableFromMs + AUTHORIZATION_TTL_MS) };
}

/** An action that the catalogue does not know gets a window too; policy will not let it come this far. */
function hasHoldWindow(card: Card): boolean {
  const tier = findAction(card.action.type)?.tier;
  return tier !== 'T0' && tier !== 'T1';
}
