import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema, PolicyVerdictSchema } from './parts.ts';

/**
 * An action will not run.
 * Emitted when: policy forbids it even with the owner's word, or the owner rejected it.
 * Guarantees: final; no authorisation exists or will exist for this action.
 * Does not mean: that a better proposal would be denied too.
 */
export const ActionDenied = defineEvent({
  type: 'evt.action.denied',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    by: z.enum(['policy', 'owner']),
    reason: z.string().max(2_000).optional(),
    policy: PolicyVerdictSchema.optional(),
  }),
});
