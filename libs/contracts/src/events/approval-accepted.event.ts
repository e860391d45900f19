import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { DecisionSchema } from './approval-decided.event.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * A decision counts that neither authorises nor denies.
 * Emitted when: policy took a `respond` (the card is answered), a `snooze` (the card comes back at `until`), or an `approve` of
 * what nobody runs (`story.release`).
 * Guarantees: one per decision; with `respond` and `approve` the action itself will never run.
 * Does not mean: that anything left the company.
 */
export const ApprovalAccepted = defineEvent({
  type: 'evt.approval.accepted',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    decision: DecisionSchema.extract(['respond', 'snooze', 'approve']),
    actionType: z.string(),
    /** The agent whose proposal was answered: it is the one to react. */
    proposedBy: z.string(),
    response: z.string().max(8_000).optional(),
    until: z.iso.datetime().optional(),
  }),
});
