import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { BillingCustomerSchema, BillingSourceSchema } from './billing-parts.ts';

/**
 * A subscription ended.
 * Emitted when: the billing system says so in a webhook whose signature held (`customer.subscription.deleted`).
 * Guarantees: one per provider event id.
 * Does not mean: that the customer asked for it; unpaid subscriptions end too (`reason`).
 */
export const SubscriptionDeleted = defineEvent({
  type: 'evt.subscription.deleted',
  version: 1,
  retention: 'compliance',
  schema: z.object({
    provider: BillingSourceSchema,
    customer: BillingCustomerSchema,
    subscriptionId: z.string().max(255),
    planName: z.string().max(500).optional(),
    endedAt: z.iso.datetime().optional(),
    reason: z.string().max(500).optional(),
  }),
});
