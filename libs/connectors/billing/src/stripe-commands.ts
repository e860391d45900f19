import {
  BillingPauseCollection, BillingRefund, BillingResumeCollection, BillingSendInvoiceReminder, type Attempt,
} from '@troupe/contracts';
import type Stripe from 'stripe';

/** What Stripe calls the thing it made or changed, and the same in the owner's words. */
export interface Done {
  readonly reference: string;
  readonly summary: string;
}

/** The action asks for something that cannot be, found out before anything was changed. */
export class ImpossibleCommand extends Error {
  override readonly name = 'ImpossibleCommand';
  constructor(readonly code: string, message: string, readonly hint: string) {
    super(message);
  }
}

type Command = (stripe: Stripe, attempt: Attempt, idempotencyKey: string) => Promise<Done>;

/** Catalogue action -> call of Stripe's API. Every call that writes carries the idempotency key. */
export const stripeCommands: ReadonlyMap<string, Command> = new Map<string, Command>([
  [BillingSendInvoiceReminder.type, sendReminder],
  [BillingPauseCollection.type, pauseCollection],
  [BillingResumeCollection.type, resumeCollection],
  [BillingRefund.type, refund],
]);

/** What is written on things of Stripe's, so that a look-up finds which action made or last changed them, and when it began. */
function marksOf({ actionId, startedAtMs }: Attempt): { troupe_action: string; troupe_began: string } {
  return { troupe_action: actionId, troupe_began: String(startedAtMs) };
}

/** https://docs.stripe.com/api/invoices/send: Stripe mails the open invoice to the customer. */
async function sendReminder(stripe: Stripe, { action }: Attempt, idempotencyKey: string): Promise<Done> {
  const { invoiceId } = BillingSendInvoiceReminder.args.parse(action.args);
  const invoice = await stripe.invoices.sendInvoice(invoiceId, {}, { idempotencyKey });
  return { reference: invoice.id, summary: `Stripe sent the customer invoice ${invoice.number ?? invoice.id}.` };
}

/** https://docs.stripe.com/billing/subscriptions/pause-payment */
async function pauseCollection(stripe: Stripe, attempt: Attempt, idempotencyKey: string): Promise<Done> {
  const { subscriptionId, behavior } = BillingPauseCollection.args.parse(attempt.action.args);
  const change = { pause_collection: { behavior }, metadata: marksOf(attempt) };
  const { id } = await stripe.subscriptions.update(subscriptionId, change, { idempotencyKey });
  return { reference: id, summary: `Collection for ${id} is paused; its invoices meanwhile: ${behavior}.` };
}

/** The same call with an empty `pause_collection` ends the pause. */
async function resumeCollection(stripe: Stripe, attempt: Attempt, idempotencyKey: string): Promise<Done> {
  const { subscriptionId } = BillingResumeCollection.args.parse(attempt.action.args);
  const change = { pause_collection: '' as const, metadata: marksOf(attempt) };
  const { id } = await stripe.subscriptions.update(subscriptionId, change, { idempotencyKey });
  return { reference: id, summary: `Collection for ${id} runs again.` };
}

/** https://docs.stripe.com/api/refunds/create. A refund is always in the charge's currency, so ours must be the same. */
async function refund(stripe: Stripe, attempt: Attempt, idempotencyKey: string): Promise<Done> {
  const { chargeId, amount, reason } = BillingRefund.args.parse(attempt.action.args);
  const charge = await stripe.charges.retrieve(chargeId);
  if (charge.currency !== amount.currency) throw currencyMismatch(chargeId, charge.currency, amount.currency);
  const { id } = await stripe.refunds.create(
    { charge: chargeId, amount: amount.amountMinor, metadata: { ...marksOf(attempt), ...(reason ? { reason } : {}) } },
    { idempotencyKey },
  );
  return { reference: id, summary: `${amount.amountMinor} ${amount.currency} (in its smallest unit) given back on ${chargeId}.` };
}

function currencyMismatch(chargeId: string, actual: string, asked: string): ImpossibleCommand {
  const message = `Charge ${chargeId} is in ${actual}; the refund asks for ${asked}.`;
  return new ImpossibleCommand('currency_mismatch', message, `Propose the refund again in ${actual}.`);
}
