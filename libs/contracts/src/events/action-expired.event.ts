import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * The owner did not decide in time.
 * Emitted when: a held action reached its `expiresAt`.
 * Guarantees: it never runs; a timeout approves nothing (I8).
 * Does not mean: that the owner said no.
 */
export const ActionExpired = defineEvent({
  type: 'evt.action.expired',
  version: 1,
  retention: 'business',
  anyHops: true,
  schema: ActionReferenceSchema,
});
