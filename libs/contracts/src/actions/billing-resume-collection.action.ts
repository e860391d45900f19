import { z } from 'zod';
import { defineAction } from './action-contract.ts';
import { billingId } from './billing.args.ts';

/** Charges a paused subscription again: the compensation of `billing.pause_collection`. */
export const BillingResumeCollection = defineAction({
  type: 'billing.resume_collection',
  version: 1,
  title: 'Resume payment collection',
  connector: 'billing',
  tier: 'T3',
  reversibility: 'irreversible',
  args: z.strictObject({ subscriptionId: billingId }),
  fields: [{ key: 'subscriptionId', label: 'Subscription', kind: 'text', editable: false }],
});
