import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { CheckSchema } from './action-verified.event.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * A proposal says something its sources do not.
 * Emitted when: at least one check of the verifier failed.
 * Guarantees: the failed checks name the words that were not found.
 * Does not mean: that it is wrong; the owner may know better.
 */
export const ActionFlagged = defineEvent({
  type: 'evt.action.flagged',
  version: 1,
  retention: 'business',
  anyHops: true,
  schema: ActionReferenceSchema.extend({ checks: z.array(CheckSchema).min(1).max(50) }),
});
