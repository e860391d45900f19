import { z } from 'zod';

/** Which provider event this came from. */
export const BillingSourceSchema = z.object({ name: z.literal('stripe'), eventId: z.string().max(255), livemode: z.boolean() });

/** A customer as the billing system names them. */
export const BillingCustomerSchema = z.object({
  id: z.string().max(255),
  email: z.email().max(320).optional(),
  name: z.string().max(500).optional(),
});
export type BillingCustomer = z.infer<typeof BillingCustomerSchema>;
