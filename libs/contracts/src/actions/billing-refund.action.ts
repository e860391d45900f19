import { z } from 'zod';
import { defineAction } from './action-contract.ts';
import { billingId, MoneySchema } from './billing.args.ts';

/** Gives a charge back, in part or whole. Moves money; cannot be taken back. */
export const BillingRefund = defineAction({
  type: 'billing.refund',
  version: 1,
  title: 'Refund a charge',
  connector: 'billing',
  tier: 'T3',
  reversibility: 'irreversible',
  args: z.strictObject({ chargeId: billingId, amount: MoneySchema, reason: z.string().max(500).optional() }),
  fields: [
    { key: 'chargeId', label: 'Charge', kind: 'text', editable: false },
    { key: 'amount', label: 'Amount', kind: 'money', editable: true },
    { key: 'reason', label: 'Reason', kind: 'text', editable: true },
  ],
});
