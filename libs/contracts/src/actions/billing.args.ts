import { z } from 'zod';

/** Ids as the billing system writes them. */
export const billingId = z.string().regex(/^[A-Za-z0-9_]{3,255}$/, 'must be an id such as in_1N…, sub_1N… or ch_1N…');

/** Money in the currency's smallest unit (cents), as Stripe counts it: `{ amountMinor: 4900, currency: 'eur' }`. */
export const MoneySchema = z.strictObject({
  amountMinor: z.int().min(0).max(99_999_999),
  currency: z.string().regex(/^[a-z]{3}$/, 'must be a lower-case ISO 4217 code such as "eur"'),
});
export type Money = z.infer<typeof MoneySchema>;
