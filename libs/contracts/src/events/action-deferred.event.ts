import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { FailureSchema } from '../failure.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * The outside system could not take it now; the authorisation is unspent and will be tried again.
 * Emitted when: an attempt ended in a refusal that may pass (SMTP 4yz, HTTP 429 or 503) or nobody answered the connection.
 * Guarantees: the outside is unchanged by this action so far; it is tried again at `nextTryAt` unless it is undone or expires.
 * Does not mean: that the next try will work.
 */
export const ActionDeferred = defineEvent({
  type: 'evt.action.deferred',
  version: 1,
  retention: 'business',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    authorizationId: z.string(),
    failure: FailureSchema,
    /** Tries so far. */
    tries: z.int().min(1),
    nextTryAt: z.iso.datetime(),
    compensates: z.string().optional(),
  }),
});
