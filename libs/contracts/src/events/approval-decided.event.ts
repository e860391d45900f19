import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema, ActionVersionSchema } from './parts.ts';

/** What the owner can say to a card. */
export const DecisionSchema = z.enum(['approve', 'edit', 'reject', 'respond', 'snooze']);
export type Decision = z.infer<typeof DecisionSchema>;

/**
 * The owner has spoken.
 * Emitted when: the operator API took a decision from someone with the operator token.
 * Guarantees: `digest` is the form the owner saw; stored before the API answers.
 * Does not mean: that the decision counts; a stale or second one is answered by `evt.approval.refused`.
 */
export const ApprovalDecided = defineEvent({
  type: 'evt.approval.decided',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    decision: DecisionSchema,
    /** The edited arguments, all of them; only with `edit`. */
    args: z.record(z.string(), z.unknown()).optional(),
    /** Of the action's contract, as whoever edited knows it; only with `edit`. */
    version: ActionVersionSchema,
    reason: z.string().max(2_000).optional(),
    /** The owner's words; only with `respond`. */
    response: z.string().max(8_000).optional(),
    /** Only with `snooze`. */
    until: z.iso.datetime().optional(),
    decidedBy: z.string(),
  }),
});
