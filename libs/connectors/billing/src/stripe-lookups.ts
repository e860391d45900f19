import {
  BillingPauseCollection, BillingRefund, BillingResumeCollection, BillingSendInvoiceReminder, type Attempt,
} from '@troupe/contracts';
import type Stripe from 'stripe';
import type { Done } from './stripe-commands.ts';

/** What an attempt did, or undefined when nothing of it is to be seen. Rejects when Stripe cannot say. */
type LookUp = (stripe: Stripe, attempt: Attempt, idempotencyKey: string) => Promise<Done | undefined>;

const lookUps: ReadonlyMap<string, LookUp> = new Map<string, LookUp>([
  [BillingSendInvoiceReminder.type, findReminder],
  [BillingPauseCollection.type, findSubscriptionChange],
  [BillingResumeCollection.type, findSubscriptionChange],
  [BillingRefund.type, findRefund],
]);

/** Finds what an attempt did. Only reads. */
export async function lookUp(stripe: Stripe, attempt: Attempt, idempotencyKey: string): Promise<Done | undefined> {
  const find = lookUps.get(attempt.action.type);
  if (!find) throw new Error(`No look-up for "${attempt.action.type}".`);
  return find(stripe, attempt, idempotencyKey);
}

/** A refund carries the action in its metadata: https://docs.stripe.com/api/refunds/list. */
async function findRefund(stripe: Stripe, { action, actionId }: Attempt): Promise<Done | undefined> {
  const { chargeId } = BillingRefund.args.parse(action.args);
  for await (const refund of stripe.refunds.list({ charge: chargeId, limit: 100 })) {
    if (refund.metadata?.['troupe_action'] === actionId) return { reference: refund.id, summary: `Stripe has the refund on ${chargeId}.` };
  }
  return undefined;
}

/** The last change of ours is marked on the subscription. A later one of ours hides an earlier one, which is then unclear. */
async function findSubscriptionChange(stripe: Stripe, { action, actionId, startedAtMs }: Attempt): Promise<Done | undefined> {
  const { subscriptionId } = (action.type === BillingPauseCollection.type ? BillingPauseCollection : BillingResumeCollection).args.parse(action.args);
  const { id, metadata } = await stripe.subscriptions.retrieve(subscriptionId);
  if (metadata['troupe_action'] === actionId) return { reference: id, summary: `Stripe has the change on ${id}.` };
  if (Number(metadata['troupe_began'] ?? 0) > startedAtMs) throw new Error(`${id} was changed again since; whether this change came before cannot be seen.`);
  return undefined;
}

/** An invoice cannot be marked when it is sent, but Stripe keeps the event and the key of its cause for 30 days: https://docs.stripe.com/api/events/object. */
async function findReminder(stripe: Stripe, { action, startedAtMs }: Attempt, idempotencyKey: string): Promise<Done | undefined> {
  const { invoiceId } = BillingSendInvoiceReminder.args.parse(action.args);
  const since = Math.floor(startedAtMs / 1_000) - 60;
  for await (const event of stripe.events.list({ type: 'invoice.sent', created: { gte: since }, limit: 100 })) {
    if (event.request?.idempotency_key === idempotencyKey) return { reference: invoiceId, summary: `Stripe sent the customer invoice ${invoiceId}.` };
  }
  return undefined;
}
