import { z } from 'zod';
import { MoneySchema } from '../actions/billing.args.ts';
import { defineEvent } from '../event-contract.ts';
import { BillingCustomerSchema, BillingSourceSchema } from './billing-parts.ts';

/**
 * A customer's payment did not go through.
 * Emitted when: the billing system says so in a webhook whose signature held (`invoice.payment_failed`).
 * Guarantees: one per provider event id; amounts are copied, never computed.
 * Does not mean: that the customer knows, or that the billing system will not try again by itself.
 */
export const InvoicePaymentFailed = defineEvent({
  type: 'evt.invoice.payment_failed',
  version: 1,
  retention: 'compliance',
  schema: z.object({
    provider: BillingSourceSchema,
    customer: BillingCustomerSchema,
    invoiceId: z.string().max(255),
    invoiceNumber: z.string().max(100).optional(),
    subscriptionId: z.string().max(255).optional(),
    amountDue: MoneySchema,
    /** How many times collection was tried, this one included. */
    attemptCount: z.int().min(0),
    nextAttemptAt: z.iso.datetime().optional(),
    hostedInvoiceUrl: z.url().max(2_000).optional(),
  }),
});
