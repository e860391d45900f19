import { z } from 'zod';
import { MoneySchema } from '../actions/billing.args.ts';
import { defineEvent } from '../event-contract.ts';
import { BillingCustomerSchema, BillingSourceSchema } from './billing-parts.ts';

/**
 * Money went back to a customer.
 * Emitted when: the billing system says so in a webhook whose signature held (`charge.refunded`).
 * Guarantees: one per provider event id; `amountRefunded` is the total given back on this charge so far.
 * Does not mean: that Troupe started the refund, or that the money has arrived.
 */
export const ChargeRefunded = defineEvent({
  type: 'evt.charge.refunded',
  version: 1,
  retention: 'compliance',
  schema: z.object({
    provider: BillingSourceSchema,
    /** Absent on a charge without a customer. */
    customer: BillingCustomerSchema.optional(),
    chargeId: z.string().max(255),
    amount: MoneySchema,
    amountRefunded: MoneySchema,
    reason: z.string().max(500).optional(),
    receiptUrl: z.url().max(2_000).optional(),
  }),
});
