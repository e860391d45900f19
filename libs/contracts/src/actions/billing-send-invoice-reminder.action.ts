import { z } from 'zod';
import { defineAction } from './action-contract.ts';
import { billingId } from './billing.args.ts';

/** Has the billing system send its own reminder for an open invoice. Reaches the customer; cannot be taken back. */
export const BillingSendInvoiceReminder = defineAction({
  type: 'billing.send_invoice_reminder',
  version: 1,
  title: 'Send an invoice reminder',
  connector: 'billing',
  tier: 'T2',
  reversibility: 'irreversible',
  args: z.strictObject({ invoiceId: billingId }),
  fields: [{ key: 'invoiceId', label: 'Invoice', kind: 'text', editable: false }],
});
