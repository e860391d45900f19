import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema, PolicyVerdictSchema } from './parts.ts';

/** Why a decision did not count. */
export const RefusalCodeSchema = z.enum(['stale_digest', 'already_decided', 'expired', 'unknown_action', 'invalid', 'forbidden']);
export type RefusalCode = z.infer<typeof RefusalCodeSchema>;

/**
 * A decision of the owner did not count.
 * Emitted when: it named an old digest, came second or too late, made no sense, or policy forbids what it approves.
 * Guarantees: the action is as it was before the decision.
 * Does not mean: that the owner may not decide again.
 */
export const ApprovalRefused = defineEvent({
  type: 'evt.approval.refused',
  version: 1,
  retention: 'business',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    code: RefusalCodeSchema,
    message: z.string().max(2_000),
    hint: z.string().max(2_000),
    policy: PolicyVerdictSchema.optional(),
  }),
});
