import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * The owner looked in the outside system and says how an action of unknown outcome ended.
 * Emitted when: the operator API took "it happened" or "it did not" on an `unknown` action.
 * Guarantees: answered by `evt.action.executed` or `evt.action.failed` when the gate's record was still `unknown`.
 * Does not mean: that the gate saw it too; the outcome names the owner as its source.
 */
export const ActionOutcomeReported = defineEvent({
  type: 'evt.action.outcome_reported',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    happened: z.boolean(),
    reportedBy: z.string(),
    note: z.string().max(2_000).optional(),
  }),
});
