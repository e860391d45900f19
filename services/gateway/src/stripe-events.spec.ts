import { ChargeRefunded, InvoicePaymentFailed, SubscriptionDeleted } from '@troupe/contracts';
import { mapStripeEvent } from './stripe-events.ts';

const event = (type: string, object: unknown) => ({ id: 'evt_1', type, livemode: false, data: { object } });
const provider = { name: 'stripe', eventId: 'evt_1', livemode: false };

const invoice = {
  id: 'in_1', object: 'invoice', number: 'A-1', customer: 'cus_1', customer_email: 'Ana@Example.com', customer_name: 'Ana', amount_due: 4900,
  currency: 'EUR', attempt_count: 3, next_payment_attempt: 1770120000, hosted_invoice_url: 'https://invoice.stripe.com/i/1', subscription: 'sub_1',
};
const charge = {
  id: 'ch_1', customer: 'cus_1', billing_details: { email: 'ana@example.com', name: null }, receipt_email: null, amount: 4900, amount_refunded: 1000,
  currency: 'eur', receipt_url: 'https://pay.stripe.com/r', refunds: { data: [{ reason: 'requested_by_customer' }] },
};
const subscription = {
  id: 'sub_1', customer: 'cus_1', items: { data: [{ price: { nickname: 'Team, monthly' } }] }, ended_at: 1770120000,
  cancellation_details: { reason: 'cancellation_requested' },
};

const invoiceWith = (changes: object) => mapStripeEvent(event('invoice.payment_failed', { ...invoice, ...changes }))?.data;

describe('invoice.payment_failed', () => {
  it('becomes InvoicePaymentFailed, about the customer', () => {
    expect(mapStripeEvent(event('invoice.payment_failed', invoice))).toEqual({
      contract: InvoicePaymentFailed,
      subject: 'customer:cus_1',
      data: {
        provider,
        customer: { id: 'cus_1', email: 'ana@example.com', name: 'Ana' },
        invoiceId: 'in_1',
        invoiceNumber: 'A-1',
        subscriptionId: 'sub_1',
        amountDue: { amountMinor: 4900, currency: 'eur' },
        attemptCount: 3,
        nextAttemptAt: '2026-02-03T12:00:00.000Z',
        hostedInvoiceUrl: 'https://invoice.stripe.com/i/1',
      },
    });
  });

  it.each([
    ['a plain subscription', { subscription: 'sub_2' }],
    ['an expanded one', { subscription: { id: 'sub_2', object: 'subscription' } }],
    ['one under parent, as newer API versions have it', { subscription: undefined, parent: { type: 'subscription_details', subscription_details: { subscription: 'sub_2' } } }],
  ])('finds %s', (_, changes) => expect(invoiceWith(changes)).toMatchObject({ subscriptionId: 'sub_2' }));

  it('reads an expanded customer', () => {
    const expanded = { customer: { id: 'cus_2', email: 'bob@example.com', name: 'Bob' }, customer_email: null, customer_name: null };
    expect(invoiceWith(expanded)).toMatchObject({ customer: { id: 'cus_2', email: 'bob@example.com', name: 'Bob' } });
  });

  it('does without what is missing or unusable', () => {
    const sparse = invoiceWith({ number: null, customer_email: 'nobody', customer_name: null, next_payment_attempt: null, hosted_invoice_url: 'javascript:alert(1)', subscription: null, parent: null });
    expect(JSON.parse(JSON.stringify(sparse))).toEqual({ provider, customer: { id: 'cus_1' }, invoiceId: 'in_1', amountDue: { amountMinor: 4900, currency: 'eur' }, attemptCount: 3 });
  });

  it.each([
    ['no object', undefined],
    ['no customer', { ...invoice, customer: null }],
    ['no amount', { ...invoice, amount_due: 'a lot' }],
    ['an amount below nothing', { ...invoice, amount_due: -1 }],
  ])('with %s is not guessed at', (_, object) => expect(mapStripeEvent(event('invoice.payment_failed', object))).toBeUndefined());
});

describe('charge.refunded', () => {
  it('becomes ChargeRefunded, with the total given back so far', () => {
    expect(mapStripeEvent(event('charge.refunded', charge))).toMatchObject({
      contract: ChargeRefunded,
      subject: 'customer:cus_1',
      data: {
        customer: { id: 'cus_1', email: 'ana@example.com' },
        chargeId: 'ch_1',
        amount: { amountMinor: 4900, currency: 'eur' },
        amountRefunded: { amountMinor: 1000, currency: 'eur' },
        reason: 'requested_by_customer',
      },
    });
  });

  it('may be about nobody', () => {
    const mapped = mapStripeEvent(event('charge.refunded', { ...charge, customer: null, refunds: undefined }));
    expect(mapped?.subject).toBeUndefined();
    expect(mapped?.data).not.toHaveProperty('customer.id');
  });
});

describe('customer.subscription.deleted', () => {
  it('becomes SubscriptionDeleted', () => {
    expect(mapStripeEvent(event('customer.subscription.deleted', subscription))).toMatchObject({
      contract: SubscriptionDeleted,
      subject: 'customer:cus_1',
      data: { subscriptionId: 'sub_1', planName: 'Team, monthly', endedAt: '2026-02-03T12:00:00.000Z', reason: 'cancellation_requested' },
    });
  });

  it('does without a plan name', () => {
    expect(mapStripeEvent(event('customer.subscription.deleted', { ...subscription, items: { data: [] } }))?.data).toMatchObject({ subscriptionId: 'sub_1' });
  });
});

it('another type has no event of its own', () => {
  expect(mapStripeEvent(event('payment_intent.created', {}))).toBeUndefined();
  expect(mapStripeEvent({ id: 'evt_1', type: 'v2.core.account.updated', livemode: false })).toBeUndefined();
});
