import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { FailureSchema } from '../failure.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * The effect did not happen.
 * Emitted when: the outside system refused, or the gate did (digest mismatch, authorisation spent or expired).
 * Guarantees: the outside is unchanged by this action.
 * Does not mean: that trying again would fail too; `failure.retryable` says so.
 */
export const ActionFailed = defineEvent({
  type: 'evt.action.failed',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    authorizationId: z.string(),
    failure: FailureSchema,
    compensates: z.string().optional(),
  }),
});
