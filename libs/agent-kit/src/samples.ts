import type { ChargeRefunded, DataOf, EmailReceived, InvoicePaymentFailed, SubscriptionDeleted } from '@troupe/contracts';

const CUSTOMER = { id: 'cus_ana', email: 'ana@customer.example', name: 'Ana Lopez' };

/** A mail from a customer, to change only in what a test is about: `aMail({ text: 'Where is my invoice?' })`. */
export function aMail(changes: Partial<DataOf<typeof EmailReceived>> = {}): DataOf<typeof EmailReceived> {
  return {
    messageId: '<export-512@customer.example>',
    from: { address: 'ana@customer.example', name: 'Ana Lopez' },
    to: [{ address: 'owner@troupe.example' }],
    cc: [],
    subject: 'CSV export fails',
    text: 'Hello,\n\nthe CSV export of our March report stops with "Error 512". Could you have a look?\n\nThanks,\nAna',
    truncated: false,
    references: [],
    headers: {},
    attachments: [],
    raw: { bucket: 'RAW_MAIL', key: 'raw', digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 512 },
    problems: [],
    ...changes,
  };
}

/** The first failed payment of an invoice of 49.00 EUR. */
export function aFailedPayment(changes: Partial<DataOf<typeof InvoicePaymentFailed>> = {}): DataOf<typeof InvoicePaymentFailed> {
  return {
    provider: { name: 'stripe', eventId: 'evt_stripe_1', livemode: false },
    customer: CUSTOMER,
    invoiceId: 'in_ana',
    invoiceNumber: 'INV-0042',
    subscriptionId: 'sub_ana',
    amountDue: { amountMinor: 4_900, currency: 'eur' },
    attemptCount: 1,
    nextAttemptAt: '2026-04-03T10:00:00.000Z',
    hostedInvoiceUrl: 'https://invoice.billing.example/i/ana',
    ...changes,
  };
}

/** A charge of 49.00 EUR that was given back in full. */
export function aRefund(changes: Partial<DataOf<typeof ChargeRefunded>> = {}): DataOf<typeof ChargeRefunded> {
  const amount = { amountMinor: 4_900, currency: 'eur' };
  return {
    provider: { name: 'stripe', eventId: 'evt_stripe_2', livemode: false },
    customer: CUSTOMER,
    chargeId: 'ch_ana',
    amount,
    amountRefunded: amount,
    receiptUrl: 'https://pay.billing.example/receipts/ana',
    ...changes,
  };
}

/** A subscription that has ended. */
export function anEndedSubscription(changes: Partial<DataOf<typeof SubscriptionDeleted>> = {}): DataOf<typeof SubscriptionDeleted> {
  return {
    provider: { name: 'stripe', eventId: 'evt_stripe_3', livemode: false },
    customer: CUSTOMER,
    subscriptionId: 'sub_ana',
    planName: 'Team plan',
    endedAt: '2026-03-31T00:00:00.000Z',
    ...changes,
  };
}
