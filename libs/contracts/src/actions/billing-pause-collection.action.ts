import { z } from 'zod';
import { defineAction } from './action-contract.ts';
import { billingId } from './billing.args.ts';

/** Stops charging a subscription for now, keeping it alive. Taken back by `billing.resume_collection`. */
export const BillingPauseCollection = defineAction({
  type: 'billing.pause_collection',
  version: 1,
  title: 'Pause payment collection',
  connector: 'billing',
  tier: 'T3',
  reversibility: 'reversible',
  compensation: { type: 'billing.resume_collection', args: (args) => ({ subscriptionId: args.subscriptionId }) },
  args: z.strictObject({
    subscriptionId: billingId,
    /** What happens to invoices meanwhile, in Stripe's words. */
    behavior: z.enum(['keep_as_draft', 'mark_uncollectible', 'void']),
  }),
  fields: [
    { key: 'subscriptionId', label: 'Subscription', kind: 'text', editable: false },
    { key: 'behavior', label: 'Invoices meanwhile', kind: 'text', editable: true },
  ],
});
