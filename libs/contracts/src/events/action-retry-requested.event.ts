import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * The owner wants a failed action tried once more, in the same form.
 * Emitted when: the operator API took a retry of an action whose failure was retryable.
 * Guarantees: answered by a new `evt.action.authorized` with another authorisation, or by `evt.approval.refused`.
 * Does not mean: that policy still lets it run.
 */
export const ActionRetryRequested = defineEvent({
  type: 'evt.action.retry_requested',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({ requestedBy: z.string() }),
});
