import { actionDigest, type Attempt } from '@troupe/contracts';

/** 23 November 2026, 07:15 UTC, in milliseconds since 1970. */
export const STARTED_AT_MS = Date.UTC(2026, 10, 23, 7, 15);

/** An attempt as the effect gate would make it. */
export function attemptOf(type: string, args: Record<string, unknown>, authorizationId = 'auth_1'): Attempt {
  const action = { type, args };
  return { actionId: 'act_1', authorizationId, digest: actionDigest(action), action, startedAtMs: STARTED_AT_MS };
}

export const REMINDER = attemptOf('billing.send_invoice_reminder', { invoiceId: 'in_1' });
export const PAUSE = attemptOf('billing.pause_collection', { subscriptionId: 'sub_1', behavior: 'keep_as_draft' });
export const RESUME = attemptOf('billing.resume_collection', { subscriptionId: 'sub_1' });

/** A refund of 49.00 on a charge; the stand-in's charges are in euro unless their id ends in `usd`. */
export function refundOf(chargeId: string, currency = 'eur'): Attempt {
  return attemptOf('billing.refund', { chargeId, amount: { amountMinor: 4_900, currency }, reason: 'late delivery' });
}
