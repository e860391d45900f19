import Stripe from 'stripe';
import { STRIPE_WEBHOOK_SECRET } from './world.ts';

/** Posts a webhook as Stripe does: its format, its signature. `secret` other than ours makes it a forgery. */
export async function postStripeEvent(gatewayUrl: string, event: object, secret = STRIPE_WEBHOOK_SECRET): Promise<Response> {
  const payload = JSON.stringify(event);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
  return fetch(`${gatewayUrl}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body: payload,
  });
}

export interface FailedPayment {
  readonly attempt: number;
  readonly customer?: string;
  readonly email?: string;
  /** `null`: an invoice without one. */
  readonly subscription?: string | null;
}

/** `invoice.payment_failed` as Stripe's API of 2025 sends it, with the fields we read. */
export function paymentFailed({ attempt, customer = 'cus_ana', email = 'ana@customer.example', subscription = 'sub_ana' }: FailedPayment): object {
  return stripeEvent(`evt_failed_${customer}_${attempt}`, 'invoice.payment_failed', {
    id: `in_${customer}`,
    object: 'invoice',
    number: `INV-${customer}-1`,
    customer,
    customer_email: email,
    customer_name: 'Ana Lopez',
    amount_due: 4900,
    currency: 'eur',
    attempt_count: attempt,
    next_payment_attempt: null,
    hosted_invoice_url: 'https://invoice.stripe.com/i/test',
    parent: subscription ? { type: 'subscription_details', subscription_details: { subscription } } : null,
  });
}

export function chargeRefunded(): object {
  return stripeEvent('evt_refund_1', 'charge.refunded', {
    id: 'ch_1',
    object: 'charge',
    customer: 'cus_ana',
    billing_details: { email: 'ana@customer.example', name: 'Ana Lopez' },
    amount: 4900,
    amount_refunded: 4900,
    currency: 'eur',
    refunded: true,
    receipt_url: 'https://pay.stripe.com/receipts/test',
  });
}

function stripeEvent(id: string, type: string, object: object): object {
  return { id, object: 'event', api_version: '2025-03-31.basil', created: Math.floor(Date.now() / 1_000), livemode: false, type, data: { object } };
}
